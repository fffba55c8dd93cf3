// Package wechatpaytest simulates WeChat Pay's real-name verification over real HTTP,
// for tests and the sandbox. It is not part of the production program.
//
// It checks what the vendor checks: the merchant's signature over each request and over
// the data that a client brings, the merchant, the application, the user, the shape of
// the XML, and that a code is used once, within ten minutes and for its own user.
package wechatpaytest
