package wechat

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"renzheng/providers/kit"
)

const provider = "wechat"

// Codes of ours, where WeChat gave none.
const (
	codeNotSent   = "not_sent" // refused here, or no connection: surely without effect
	codeTimeout   = "timeout"  // sent, perhaps, and not answered in time
	codeCanceled  = "canceled" // the caller left
	codeStatus    = "http_status"
	codeTooLarge  = "too_large"
	codeTransport = "transport"   // the connection broke
	codeBadAnswer = "bad_answer"  // not understood, or not about what was asked
	codeStore     = "token_store" // our own store of tokens did not answer
	codeWaited    = "token_wait"  // another replica refreshes the token and did not end in time
)

// Codes of WeChat that decide something here.
const (
	codeBusy         = "-1"
	codeTokenBad     = "40001" // of another application, or replaced
	codeTokenIllegal = "40014"
	codeTokenExpired = "42001"
)

// CallError is the only error that leaves this package from a call: names and
// codes, no text of others, nothing personal. It unwraps to the kind of the
// contract (session.ErrCodeInvalid, verification.ErrNothingDone, …) where one
// applies, and to the context's error where that ended the call.
type CallError struct {
	Provider string // "wechat"
	Call     string // the path, e.g. "cityservice/face/identify/getverifyid"
	Code     string // WeChat's errcode, or a word of ours
	Status   int    // of HTTP; 0 = no answer came
	TraceID  string // WeChat's rid of the call, for its support

	unsent    bool // what was asked for surely never left; its token did, perhaps
	unreached bool // there was no way to WeChat
	kinds     []error
}

// Error gives the fields.
func (e *CallError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: code %s", e.Provider, e.Call, e.Code)
	if e.TraceID != "" {
		fmt.Fprintf(&b, " rid %s", e.TraceID)
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, " status %d", e.Status)
	}
	return b.String()
}

// Unwrap gives the kinds that errors.Is finds.
func (e *CallError) Unwrap() []error { return e.kinds }

// as adds a kind of the contract.
func (e *CallError) as(kind error) *CallError {
	e.kinds = append(e.kinds, kind)
	return e
}

// nothingDone tells whether a call surely had no effect: it never left, or
// WeChat refused it. Only its "busy" leaves that open.
func (e *CallError) nothingDone() bool {
	_, err := strconv.ParseInt(e.Code, 10, 64)
	return e.unsent || (err == nil && e.Code != codeBusy)
}

// badToken tells whether a fresh token would help.
func (e *CallError) badToken() bool {
	return e.Code == codeTokenBad || e.Code == codeTokenIllegal || e.Code == codeTokenExpired
}

// notSent is an error before anything was sent.
func notSent(call string) *CallError {
	return &CallError{Provider: provider, Call: call, Code: codeNotSent, unsent: true}
}

// badAnswer is an error of an answer that makes no sense.
func badAnswer(call string, seen *trip) *CallError {
	return &CallError{Provider: provider, Call: call, Code: codeBadAnswer, Status: seen.status, TraceID: seen.rid}
}

// judge turns what a call returned and what the door saw into fields; nil is a
// success. It never asks err for its text: that holds addresses.
func judge(call string, seen *trip, err error) *CallError {
	if seen.err != nil {
		err = seen.err
	}
	failed := &CallError{Provider: provider, Call: call, Status: seen.status, TraceID: seen.rid}
	var timeout interface{ Timeout() bool }
	switch {
	case seen.coded && seen.code != 0:
		failed.Code = strconv.FormatInt(seen.code, 10)
	case err == nil && seen.status != 0:
		return nil
	case neverLeft(err):
		failed.Code, failed.unsent, failed.unreached = codeNotSent, true, true
	case errors.Is(err, context.Canceled):
		failed.Code = codeCanceled
		failed = failed.as(context.Canceled)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		failed.Code = codeTimeout
		failed = failed.as(context.DeadlineExceeded)
	case errors.Is(err, errStatus):
		failed.Code = codeStatus
	case errors.Is(err, errTooLarge):
		failed.Code = codeTooLarge
	case seen.status == 0:
		failed.Code = codeTransport
	default:
		failed.Code = codeBadAnswer
	}
	return failed
}

// neverLeft tells whether the request surely did not reach WeChat: it was
// stopped at the door, or no connection was made.
func neverLeft(err error) bool {
	var op *net.OpError
	return errors.Is(err, errWrongHost) ||
		(errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"))
}

// requestID finds WeChat's name of the call in a text such as
// "invalid code rid: 5f8f-…"; the rest of the text stays behind.
func requestID(text string) string {
	_, after, _ := strings.Cut(text, "rid: ")
	id, _, _ := strings.Cut(after, " ")
	if !kit.WellFormed(id, 64, "-") {
		return ""
	}
	return id
}
