// Package kit is what adapters that speak plain HTTPS share: a line to one
// host that follows no redirect, takes no proxy from the environment and reads
// no answer without bound; and keys that do not
// show themselves.
//
// It knows no provider and no rule, and it must not log.
package kit
