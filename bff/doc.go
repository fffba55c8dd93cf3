// Package bff is the HTTP edge. It turns requests into calls of the rules and
// results into responses, and decides nothing itself.
//
// A request passes edge.go (id, limit, log, recovery), the guards that the
// operation's row in routes_*.go names, huma, which reads and validates it by the
// contract, and the handler in the noun's file, which calls a rule. An error becomes
// a problem document (RFC 9457) in problem_of.go and nowhere else; package problem
// has the codes and texts.
//
// The contract, OpenAPI 3.1, is generated from the Go types that read requests and
// write responses. Nothing that a client sent is ever sent back (R32), so huma's
// errors are replaced.
//
// This is the only package that knows Gin, and Gin's context does not leave it. It
// imports neither stores nor providers.
package bff
