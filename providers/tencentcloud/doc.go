// Package tencentcloud is the adapter of Tencent Cloud's identity service (慧眼,
// faceid). It checks whether a bank card belongs to a person, and whether name,
// number and validity belong to one resident ID. It also reads photos of resident
// IDs (文字识别) and sends messages (短信), by services of their own.
//
// The vendor's SDK is used only to sign requests (TC3-HMAC-SHA256). Its HTTP
// transport is replaced by one that checks the host, follows no redirect, limits the
// answer, and hides it from the SDK's parser, which copies whole answers into error
// texts and panics on some. Nothing is ever repeated, because the source cannot be
// asked what became of a query (R11).
//
// The package must not log, and its only error of a call is kit.CallError (R32).
package tencentcloud
