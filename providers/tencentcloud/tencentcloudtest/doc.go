// Package tencentcloudtest simulates Tencent Cloud's identity service over real
// HTTP, for tests and the sandbox. It is not part of the production program.
//
// It checks what the vendor checks: the TC3-HMAC-SHA256 signature over the bytes
// that arrived, its age, action, version and parameters. Options.Fate decides what
// it says about a card. It remembers every decision, including those that never
// reached the caller.
package tencentcloudtest
