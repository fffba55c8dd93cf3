// Package people holds the sandbox's sample persons. None of them exists.
//
// What happens to a person is fixed by the number of the document: all begin
// with something that was never given out, such as the area 1199 of a resident
// ID, and the two digits behind it choose the fate. What follows tells instances
// of one fate apart, so that a story can be told again to somebody new.
//
// The simulated third parties ask this package and keep no list of persons. It
// imports nothing but identity and is part of no production binary.
package people
