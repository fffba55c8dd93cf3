// Package support holds the rules of technical support (M-36…M-48): tickets,
// frequent questions, and the dialog of WeChat's service account.
//
// A person who needs help opens a ticket. It records what failed, with which type
// of document and in which channel, and nothing personal. A QR code takes the
// ticket to the service account: the person who scans it is answered with the remedy
// for that failure, and can ask further questions or for a human agent.
//
//	mini-program          this server             WeChat               person, in WeChat
//	    │ open a ticket ──────►│                     │                        │
//	    │◄── code, QR code ────│◄── picture ─────────│                        │
//	    │ saved to the album ──┼─────────────────────┼──────── scanned ──────►│
//	    │                      │◄── scan, ticket ────│◄───────────────────────│
//	    │                      │──── the remedy ────►│───────────────────────►│
//	    │                      │◄── a question ──────│◄───────────────────────│
//	    │                      │─── answer, or ─────►│──── or an agent ──────►│
//
// A person without a session gets help too: the questions and a common QR code are
// public. Without a service account, a fixed picture or the text about the service
// window is shown instead.
//
// The package knows no transport and no SQL. It does not know the failures either:
// answers are data, keyed by failure code.
package support
