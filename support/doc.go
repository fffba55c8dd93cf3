// Package support holds the rules of technical support (M-36…M-48): tickets,
// frequent questions, and the dialog of WeChat's service account.
//
// A person who is stuck opens a ticket. It carries what went wrong, with which
// kind of document and in which channel, and nothing about anybody. A QR code
// carries the ticket to the service account: whoever scans it is answered with
// the remedy for that very failure, may ask further, and may have a human agent.
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
// Who has no session gets help too: the questions and a common QR code are for
// everybody. Where there is no service account, a fixed picture or the text on
// the service window takes its place.
//
// The package knows no transport and no SQL, and no failure by name: answers are
// data, keyed by failure code.
package support
