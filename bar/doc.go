// Package bar has the rules by which an authority keeps a person from being verified online for a time (限制): with a
// reason, an end and a way to complain (D-14). The service window stays open to the person.
package bar
