// Package alibabacloudtest simulates Alibaba Cloud's identity service over real
// HTTP, for tests and the sandbox. It is not part of the production program.
//
// It checks what the vendor checks: the ACS3-HMAC-SHA256 signature over the bytes
// that arrived, its date, that its nonce is new, action, version and parameters.
// Options.Fate decides what it says about a person. It remembers every decision,
// including those that never reached the caller.
package alibabacloudtest
