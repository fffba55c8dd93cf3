// Package console is the authority's side: server-rendered pages for the staff, on a listener of its own.
//
// Pages have no JavaScript, except for the pad on which a person signs. A request passes the headers, the throttle, the guard of its
// route (session, roles, office, origin and token of a form), the handler, and the page, in this order. A handler translates between
// forms and the domain packages, and decides nothing.
//
// A route is a row of Console.table, with its roles. A page is a template in pages; its texts are in texts. A new page needs all three.
// The test matrix then calls it as every role.
//
// No page shows personal data by default. A form that names a purpose reveals what a member needs, and the reveal is stored before the
// data is decrypted (R51).
package console
