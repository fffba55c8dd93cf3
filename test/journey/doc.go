// Package journey is a client of the person's API that plays the stories of the
// sandbox's sample persons: each is told what a person would see, does what a
// person would do, and holds every answer against what the documentation says.
//
// It knows the server by HTTP alone, as a mini-program does, and the third
// parties by the sandbox's own pages. What the answers hold is written down here
// again on purpose: a change of the contract that nobody meant breaks a story.
package journey
