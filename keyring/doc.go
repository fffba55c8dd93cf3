// Package keyring holds the keys of one deployment and performs all operations with them. It wraps the data keys of
// subjects and cases, seals fields and short-lived rows, computes look-up hashes and tags of rows, returns the key that signs receipts,
// and rotates all of these.
//
// A [Keyring] is opened from one key file, which lives outside the database, and is shared by the whole program. The
// store uses its data keys and hashes, package todo its signing key, and package bff its public keys.
//
//	master ──HKDF──▶ wrap ──▶ data key (one per subject, one per case) ──▶ fields
//	       ├─HKDF──▶ row  ──▶ short-lived rows
//	       ├─HKDF──▶ tag  ──▶ tags of rows, by which changes are noticed
//	       └─HKDF──▶ fingerprint and check value, safe to store
//	lookup ──HKDF──▶ one key per purpose ──▶ hashes
//
// Every list of the file is newest first: the first key seals, all of them open. Deleting the wrapped data key of a
// subject or a case erases it, because nothing that was sealed under the key can be opened any more.
//
// The package imports the standard library and go-jose only, and reads no clock: the time is passed in.
package keyring
