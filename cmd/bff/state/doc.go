// Package state keeps what a server must remember outside its database, because a restored database has forgotten it: the
// epoch that it has seen last, and the requests for erasure (R56, R57).
//
// Each server has a folder of its own. The epoch is replaced atomically. Erasures are appended to erasures.jsonl, one line each,
// and flushed before a request is stored in the database. They contain ids only; nothing in the folder names a person.
package state
