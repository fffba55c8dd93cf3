// Package journey is a client of the person's API that plays the stories of the
// sandbox's sample persons. It sees what a person would see, does what a person
// would do, and compares every answer with the documentation.
//
// It uses the server by HTTP only, as a mini-program does, and the third parties by
// the pages of the sandbox. It declares the answers again instead of sharing types
// with the server, so that an unintended change of the contract breaks a story.
package journey
