// Package policy holds what an operator decides, as data that is validated before
// use: which checks a purpose, document and channel need and which providers do them
// (R15), how often each may be tried (R12), the limits that data sources set, and the
// switches that take a provider out of service.
//
// No policy can go below the minimum in validate.go: a face comes first, and access
// with a resident ID needs a bank card too. The package knows no verification and
// stores nothing.
package policy
