// Package wechatpay asks WeChat Pay whether a document is that of the owner of a
// WeChat account: its real-name verification, of the scope pay_identity. It returns no
// name and no number; it only compares what it is given.
//
// The person's client opens WeChat Pay's mini-program with the data that OwnerCall
// signs, and brings back a code. CheckOwner exchanges it for an access token, which
// belongs to one user, and compares. Requests and answers are signed with the
// merchant's key by the rules of WeChat Pay's second version.
//
// Source: https://pay.weixin.qq.com/doc/v2/merchant/4011987263 and the questions at
// https://developers.weixin.qq.com/community/pay/doc/000e461d4905a842c10e74c6456008
// (both read on 2026-11-28); docs/divergences.md has what they leave open.
package wechatpay
