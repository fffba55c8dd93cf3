// Package crowd simulates persons who sign while something is broken, and checks
// the result.
//
// The clients do what a good mini-program does: they repeat a call with the same
// Idempotency-Key until it is answered. The registry fails half of the time,
// sometimes after it accepted an event. At the end three independent sources are
// compared: what the clients saw, what the registry received and can fetch, and
// what each database contains according to SQL queries.
package crowd
