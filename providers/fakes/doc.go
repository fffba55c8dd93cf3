// Package fakes holds what the simulated third parties share: how an answer can
// fail to arrive, how a face check can end, what a source remembers of its
// decisions, and the page on which a person acts.
//
// It is for tests and the sandbox, and is not part of the production program. It
// knows no third party.
package fakes
