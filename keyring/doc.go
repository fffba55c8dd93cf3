// Package keyring holds the keys of one deployment and does everything that is done with them: it wraps the data keys
// of subjects and cases, seals fields and short-lived rows, computes look-up hashes, hands out the key that signs
// receipts, and rotates all of these.
//
// A [Ring] is opened from one key file, which lives outside the database, and is shared by the whole program. Stores
// ask it for data keys and hashes, the rules of todos for the signing key, the HTTP edge for the public keys.
//
//	master ──HKDF──▶ wrap ──▶ data key (one per subject, one per case) ──▶ fields
//	       ├─HKDF──▶ row  ──▶ short-lived rows
//	       └─HKDF──▶ fingerprint and check value, safe to store
//	lookup ──HKDF──▶ one key per use ──▶ hashes
//
// Every list of the file is newest first: the first key writes, all of them read. Erasing a subject or a case is
// deleting its wrapped data key, after which nothing sealed under it can be opened.
//
// The package imports the standard library and go-jose only, and reads no clock: the time is passed in.
package keyring
