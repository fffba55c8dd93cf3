// Package window holds the rules of the service window (窗口办理): a member of the staff serves a person who cannot use the online
// check, verifies the original document, and answers there what a case asks of the person (rules R51…R54).
//
// # States
//
//	open ──► awaiting_approval ──► verified ──► ended
//	  ▲             │                             ▲
//	  └── returned ◄┘      (from each of them, and when its time is over)
//
// A visit is one service of one person for one case. Its manual verification takes effect when a second member of another
// account approves it, by one conditional update that also demands that nobody serves or approves themselves or their own
// case. It counts for this case and this visit only, and for nothing else: it makes no grant, no session and no method.
//
// Every act is an entry of the ledger, written in its transaction. What was typed from the document is sealed under the
// person's key, and the entry commits to it.
//
// The package knows no transport and no SQL; store.go says what it asks for.
package window
