// Package rights holds the rights of a person over what is stored about them: to see it and who looked at it, to take
// a copy, to have it corrected, and to have it erased (PIPL articles 44 to 50). It also has a person's freeze of their number,
// and what they see of it.
//
// # Erasure
//
// A person is erased together with the account from which they ask. The request is stored first and executed at once;
// a worker executes it again until it is done.
//
//	requested ──► partly ──► done
//
// In state requested nothing is erased yet. In state partly the account and the subject are erased, and something
// stays whose ground to be kept has not ended, such as a given answer. In state done nothing is left.
//
// The package knows no transport and no SQL.
package rights
