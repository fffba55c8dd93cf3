// Package crowd is persons who sign while something is broken, and the judge of
// what became of it.
//
// The clients do what a good mini-program does: they repeat a call with the same
// Idempotency-Key until it is answered. The registry fails half of the time, at
// times after it took an event. In the end everything is checked from three sides
// that do not know one another: what the clients saw, what the registry received
// and can fetch, and what each database says when asked in SQL.
package crowd
