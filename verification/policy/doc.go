// Package policy holds what an operator decides, as data that is validated before
// it is used: which checks a purpose, document and channel need and who does them
// (R15), how often each may be tried (R12), the limits that data sources set, and
// the switches that take a provider out of service.
//
// No policy can go below what is written in validate.go: a face comes first, and
// access with a resident ID needs a bank card too. The package knows no
// verification and keeps nothing.
package policy
