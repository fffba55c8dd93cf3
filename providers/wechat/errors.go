package wechat

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"renzheng/providers/kit"
)

const provider = "wechat"

// Codes of our own, next to those of kit.
const (
	codeStore  = "token_store" // our own store of tokens did not answer
	codeWaited = "token_wait"  // another replica fetches the token and took too long
)

// Codes of WeChat that decide something here.
const (
	codeBusy         = "-1"
	codeDailyLimit   = "45009"
	codeMinuteLimit  = "45011"
	codeTokenBad     = "40001" // of another application, or replaced
	codeTokenIllegal = "40014"
	codeTokenExpired = "42001"
)

func notAsked(call string) *kit.CallError { return kit.NotAsked(provider, call) }

// unreadable returns the error of an answer that does not make sense.
func unreadable(call string, seen *exchange) *kit.CallError {
	return kit.Unreadable(provider, call, seen.status).WithID(seen.rid)
}

// rejected returns the error of an answer with an errcode. Only if WeChat is busy
// may the request have had an effect.
func rejected(call string, seen *exchange) *kit.CallError {
	code := strconv.FormatInt(seen.code, 10)
	e := kit.Rejected(provider, call, code, seen.status).WithID(seen.rid)
	e.NoEffect = code != codeBusy
	if slices.Contains([]string{codeBusy, codeDailyLimit, codeMinuteLimit}, code) {
		e.State = kit.Failing
	}
	return e
}

// badToken reports whether a new token would help.
func badToken(e *kit.CallError) bool {
	return e.Code == codeTokenBad || e.Code == codeTokenIllegal || e.Code == codeTokenExpired
}

// classify returns the error of a call, or nil if it succeeded. It never calls
// Error on err, whose text holds addresses.
func classify(call string, seen *exchange, err error) *kit.CallError {
	switch {
	case seen.coded && seen.code != 0:
		return rejected(call, seen)
	case seen.err != nil:
		return kit.NotAnswered(provider, call, seen.status, seen.err).WithID(seen.rid)
	case errors.Is(err, errAddress):
		return kit.NotAnswered(provider, call, 0, kit.ErrNotSent)
	case seen.status == 0:
		return kit.NotAnswered(provider, call, 0, kit.ErrBroken)
	case err != nil:
		return unreadable(call, seen)
	}
	return nil
}

// requestID returns WeChat's id of the call from a text such as
// "invalid code rid: 5f8f-…". It drops the rest of the text.
func requestID(text string) string {
	_, after, _ := strings.Cut(text, "rid: ")
	id, _, _ := strings.Cut(after, " ")
	if !kit.WellFormed(id, 64, "-") {
		return ""
	}
	return id
}
