// Package people holds the sandbox's sample persons. None of them exists.
//
// What happens to a person is fixed by the person's number: all begin with
// 1199, an area that was never given out, and the two digits behind it choose
// the fate. Birth date and sequence tell instances of one fate apart, so that
// there are millions of each and a story can be told again to somebody new.
//
// The simulated third parties ask this package and keep no list of persons. It
// imports nothing but identity and is part of no production binary.
package people
