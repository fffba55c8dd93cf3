// Package store keeps everything that this product remembers, in SQLite or in MySQL and what speaks its protocol.
//
// One type, [Store], implements the store interfaces of the rule packages; each of them has a file named after its
// noun. A method is one statement or one transaction. Whatever changes state is a conditional update with its whole
// guard in WHERE and exactly one matched row; nothing is decided on what was read before. Transactions are short, call
// nobody, and are repeated as a whole when the engine says deadlock or failed certification, so the functions inside
// them must be repeatable.
//
// A guard row is always really changed (a counter moves where nothing else does), because a cluster compares what
// transactions wrote, not what they read.
//
// Personal data is in columns named *_cipher only, sealed under the data key of its owner (datakey.go) and bound to
// its place. Times are unix milliseconds, UTC.
//
// The package imports the rule packages, keyring, sqlx and the drivers; it knows no transport.
package store
