// Package rulebook keeps what an operator may change while servers run as versions: proposed, compared with what is in force,
// approved by a second member, and rolled back. The content belongs to other packages, whose loaders validate
// it. The package knows no transport and no SQL.
//
// The states of a version:
//
//	proposed ── approve (another person) ──► approved ── roll back ──► rolled_back ── review (another person)
//	   └─────────── withdraw ──────────────►  withdrawn ◄── withdraw, before it takes effect
//
// Version 0 is what the server was started with: a file of the settings, or what is built in. It is in force while no
// approved version is.
package rulebook
