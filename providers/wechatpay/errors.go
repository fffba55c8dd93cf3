package wechatpay

import (
	"strings"

	"renzheng/providers/kit"
	"renzheng/session"
)

const provider = "wechatpay"

// codeUsed is the retcode of a code that is unknown, used or older than ten minutes.
const codeUsed = "132819002"

const longestCode = 32

func notAsked(call string) *kit.CallError {
	return kit.NotAsked(provider, call).With(session.ErrUnavailable)
}

func unreadable(call string, status int) *kit.CallError {
	return kit.Unreadable(provider, call, status).With(session.ErrUnavailable)
}

// rejected returns the error of an answer with a code of WeChat Pay. A code that is not
// well-formed is dropped: some are sentences, which may contain anything.
func rejected(call, code string, status int) *kit.CallError {
	if !kit.WellFormed(code, longestCode, "_-[] ") {
		code = "rejected"
	}
	e := kit.Rejected(provider, call, code, status)
	if code == codeUsed {
		return e.With(session.ErrCodeInvalid)
	}
	if strings.HasPrefix(code, "SYSTEM") {
		e.State = kit.Failing
	}
	return e.With(session.ErrUnavailable)
}
