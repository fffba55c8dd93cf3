// Package wechatpay asks WeChat Pay whether a document is that of the owner of a
// WeChat account: its real-name verification, of the scope pay_identity. It returns neither
// name nor number; it only compares.
//
// The person's client opens WeChat Pay's mini-program with the data that OwnerCall
// signs, and brings back a code. CheckOwner exchanges it for an access token, which
// belongs to one user, and compares. Requests and answers are signed with the
// merchant's key as version 2 of WeChat Pay's API requires.
//
// Source: https://pay.weixin.qq.com/doc/v2/merchant/4011987263 and the FAQ at
// https://developers.weixin.qq.com/community/pay/doc/000e461d4905a842c10e74c6456008
// (both read on 2026-11-28); docs/divergences.md lists what they leave open.
package wechatpay
