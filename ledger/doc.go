// Package ledger holds the authority's record of manual acts (台账, rule R53): what a member of the staff did by hand, at
// which office, on what, and why.
//
// # Chain
//
// Entries are numbered from 1 without a gap. Each contains the hash of the entry before it, and its own hash is the SHA-256
// of a domain tag and the RFC 8785 JSON of its other members. Nothing is changed or deleted: a correction is a new entry that
// names the one that it corrects. A [Head] is the number and hash of the last entry. A reader with a head
// from an earlier day detects every later change to the entries up to it.
//
// An entry has ids, words and digests, and nothing personal of the person who was served. What is personal is sealed in the
// row of the act; Digest commits to it with a salt.
//
// The package knows no transport, no SQL and nothing else of ours but strictjson, so that an auditor can read it.
package ledger
