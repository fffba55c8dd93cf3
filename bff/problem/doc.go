// Package problem defines the problem documents (RFC 9457) of the API: their codes, statuses and texts, which are data
// in problems.json, and the code of each error of the rules.
//
// A document contains nothing that the client sent: its texts are ours, and its pointers consist of names of the
// contract (R32).
package problem
