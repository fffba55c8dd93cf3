// Package bff is the HTTP edge: it turns requests into calls of the rules and
// their answers into responses, and decides nothing itself.
//
// A request goes one way: edge.go (id, limit, log, recovery) → the guards that
// routes.go names for the call → huma, which reads and validates it by the
// contract → a handler of the noun's file → a rule → back. An error becomes a
// problem document (RFC 9457) in problem_of.go and nowhere else.
//
// The contract, OpenAPI 3.1, is made from the same Go types that read requests
// and write responses. What huma would print of a refused request is replaced:
// nothing that a client sent is ever sent back (R32).
//
// This is the only package that knows Gin, and its context does not leave it.
// It imports neither stores nor providers.
package bff
