package alipay

import (
	"errors"
	"strings"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/providers/kit"
)

const provider = "alipay"

func notAsked(call string) *kit.CallError { return kit.NotAsked(provider, call) }

// unreadable returns the error of an answer of Alipay that does not make sense.
func unreadable(call string) *kit.CallError {
	return &kit.CallError{Provider: provider, Call: call, Code: kit.CodeUnreadable, State: kit.Failing}
}

// rejected returns the error of an answer with Alipay's codes. It keeps only codes
// that cannot hold personal data: a sub code has no digits, so no number fits into
// it.
func rejected(call, code, subCode string) *kit.CallError {
	if !kit.WellFormed(code, 8, "") {
		return unreadable(call)
	}
	if !kit.WellFormed(subCode, 64, "._-") || strings.ContainsAny(subCode, "0123456789") {
		subCode = ""
	}
	e := kit.Rejected(provider, call, code, statusUsed)
	e.SubCode = subCode
	if code == "20000" || strings.Contains(subCode, "SYSTEM_ERROR") || strings.HasPrefix(subCode, "isp.") {
		e.State = kit.Failing // the service is down, or something behind the gateway
	}
	return e
}

// classify translates what the SDK returned. It never calls Error on err: the text
// holds addresses and bodies, and Error panics for the nil *sdk.Error that the SDK
// returns if the gateway answers null.
func classify(call string, seen *exchange, err error) *kit.CallError {
	var rejection *sdk.Error
	failed := unreadable(call)
	switch {
	case seen.err != nil:
		failed = kit.NotAnswered(provider, call, seen.status, seen.err)
	case seen.status == 0:
		failed = kit.NotAnswered(provider, call, 0, kit.ErrBroken)
	case seen.status != statusUsed:
		failed = kit.Unreadable(provider, call, seen.status)
	case errors.As(err, &rejection) && rejection != nil && rejection.Code != codeSuccess: // a success must be signed
		failed = rejected(call, string(rejection.Code), rejection.SubCode)
	}
	return seen.name(failed)
}
