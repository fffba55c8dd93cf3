// Package people has the sample persons of the sandbox. None of them exists.
//
// The number of the document decides what happens to a person. All numbers begin
// with a part that was never assigned, such as the area 1199 of a resident ID, and
// the two digits after it choose the fate. The rest distinguishes persons of one
// fate, so that a story can be repeated with a new person.
//
// The simulated third parties use this package and have no list of persons. It
// imports only identity and is not part of a production binary.
package people
