// Package bench compares the server with bare Gin handlers that do the same
// reads or writes, on the same rows, with the same drivers and the same
// durability, each in a process of its own. What remains between the two is what
// encryption, rules, the contract and the guards of the edge cost.
//
// Rounds alternate between the two and their medians are compared, so that what
// else the machine does falls on both.
package bench
