// Package tencentcloudtest plays Tencent Cloud's identity service over real
// HTTP, for tests and for the sandbox; the production program does not contain
// it.
//
// It checks what the vendor checks: the TC3-HMAC-SHA256 signature over the
// bytes that arrived, its age, action, version and parameters. What it then
// says of a card is up to Options.Fate. It remembers every decision, also one
// that never reached the caller.
package tencentcloudtest
