package alipay

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/providers/kit"
)

const provider = "alipay"

// Codes of ours, where Alipay gave none.
const (
	codeNotSent   = "not_sent" // refused here, or no connection: surely without effect
	codeTimeout   = "timeout"  // sent, perhaps, and not answered in time
	codeCanceled  = "canceled" // the caller left
	codeStatus    = "http_status"
	codeTooLarge  = "too_large"
	codeTransport = "transport"  // the connection broke
	codeBadAnswer = "bad_answer" // unsigned, signed by another, or not understood
)

// CallError is the only error that leaves this package from a call: names and
// codes, no text of others, nothing personal. It unwraps to the kind of the
// contract (session.ErrCodeInvalid, verification.ErrNothingDone, …) where one
// applies, and to the context's error where that ended the call.
type CallError struct {
	Provider string // "alipay"
	Call     string // e.g. "alipay.user.certify.open.query"
	Code     string // Alipay's, digits; or a word of ours
	SubCode  string // Alipay's, letters and ._- only; "" where it is absent or anything else
	Status   int    // of HTTP; 0 = no answer came
	TraceID  string // Alipay's name of the call, for its support

	authentic bool // the refusal was signed by Alipay
	unreached bool // there was no way to Alipay
	kinds     []error
}

// Error gives the fields.
func (e *CallError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: code %s", e.Provider, e.Call, e.Code)
	for _, part := range [...]struct{ name, value string }{{"sub_code", e.SubCode}, {"trace", e.TraceID}} {
		if part.value != "" {
			fmt.Fprintf(&b, " %s %s", part.name, part.value)
		}
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

// notSent is an error before anything was sent.
func notSent(call string) *CallError {
	return &CallError{Provider: provider, Call: call, Code: codeNotSent}
}

// classify turns what the SDK returned into fields. It never asks err for its
// text: that holds addresses and bodies, and panics for the nil *sdk.Error that
// the SDK returns when the gateway answers null.
func classify(call string, seen *trip, err error) *CallError {
	failed := &CallError{Provider: provider, Call: call, Status: seen.status, TraceID: seen.traceID}
	var refusal *sdk.Error
	var timeout interface{ Timeout() bool }
	switch {
	case neverLeft(err):
		failed.Code, failed.unreached = codeNotSent, true
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
	case errors.As(err, &refusal) && refusal != nil && refusal.Code != codeSuccess: // else a success that nobody signed
		failed.Code, failed.SubCode = refusalCodes(string(refusal.Code), refusal.SubCode)
	default:
		failed.Code = codeBadAnswer
	}
	return failed
}

// neverLeft tells whether the request surely did not reach Alipay: it was
// stopped at the gate, or no connection was made.
func neverLeft(err error) bool {
	var op *net.OpError
	return errors.Is(err, errWrongHost) ||
		(errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"))
}

// refusalCodes keeps of the gateway's codes what cannot carry a person's data:
// a sub code has no digits, so no number fits into it.
func refusalCodes(code, subCode string) (string, string) {
	if !kit.WellFormed(code, 8, "") {
		code = codeBadAnswer
	}
	if !kit.WellFormed(subCode, 64, "._-") || strings.ContainsAny(subCode, "0123456789") {
		subCode = ""
	}
	return code, subCode
}
