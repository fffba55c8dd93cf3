// Package console is the authority's side: server-rendered pages for members of staff, on a listener of its own.
//
// Pages have no JavaScript. A request goes one way: the headers of every answer, the route's
// guard (session, roles, office, origin and token of a form), the handler, the page. The handler translates between forms
// and the domain packages, and decides nothing.
//
// A route is a row of a table (Console.table), with its roles. A page is a template in pages, and its words are in texts. A new
// page needs a row, a template and its words; the matrix of the tests then calls it as every role.
//
// No page shows personal data by itself. What a member needs is revealed by a form that names a purpose, and
// the reveal is stored before the decryption (R51).
package console
