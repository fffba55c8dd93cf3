// Package alibabacloudtest plays Alibaba Cloud's identity service over real
// HTTP, for tests and for the sandbox; the production program does not contain
// it.
//
// It checks what the vendor checks: the ACS3-HMAC-SHA256 signature over the
// bytes that arrived, its date, that its nonce is new, action, version and
// parameters. What it then says of a person is up to Options.Fate. It remembers
// every decision, also one that never reached the caller.
package alibabacloudtest
