// Package crash kills the server again and again while persons sign, and counts
// what that lost or doubled.
//
// The server is the real program on a real database. It is ended with SIGKILL at
// random points and started again on the same data; the registry fails half of
// the time meanwhile, at times after it took an event. The clients do what a good
// mini-program does: they repeat a call with the same Idempotency-Key until it is
// answered. In the end everything is checked from three sides that do not know
// one another: what the clients saw, what the registry received and can fetch,
// and what the database says when asked in SQL.
package crash
