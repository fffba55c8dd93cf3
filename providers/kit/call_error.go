package kit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Codes of our own, for calls to which the third party gave no code.
const (
	CodeNotAsked   = "not_asked" // the third party cannot answer the query, so it was not sent
	CodeNotSent    = "not_sent"  // no connection
	CodeTimeout    = "timeout"   // no complete answer in time
	CodeCancelled  = "cancelled" // the caller left
	CodeBroken     = "broken"    // the connection broke
	CodeTooLong    = "too_long"
	CodeStatus     = "http_status" // an answer of a status that the third party does not use
	CodeUnreadable = "unreadable"  // an answer that is not understood
)

// Health is what a call says about the third party.
type Health int

// The healths.
const (
	Silent  Health = iota // nothing: the call was not made, or the caller left
	Healthy               // it works, even if it rejected the call
	Failing               // it is unreachable, overloaded or broken
)

// CallError is a call that brought no result. It is the only error of a call that
// leaves an adapter, which does not wrap it: it names the provider and the call, and
// the caller names the act. It holds codes but no text of the third party and nothing
// personal, so it may be logged. It unwraps to the kinds of the contract, such as
// verification.ErrNothingDone, and to the context's error if that ended the call.
type CallError struct {
	Provider  string // name, as in the policy
	Call      string // the third party's name of the call
	Code      string // the third party's code, or one of our own
	SubCode   string // the third party's detail, "" if absent
	Status    int    // of HTTP, 0 if no answer came
	RequestID string // the third party's id of the call, for its support; "" if absent

	State    Health
	NoEffect bool // the request surely had no effect
	Signed   bool // the third party signed the answer with this code

	kinds []error
}

// NotAsked returns the error of a call that is not made because the third party
// cannot answer it.
func NotAsked(provider, call string) *CallError {
	return &CallError{Provider: provider, Call: call, Code: CodeNotAsked, NoEffect: true}
}

// NotAnswered returns the error of a call to which Line.Send returned err.
func NotAnswered(provider, call string, status int, err error) *CallError {
	e := &CallError{Provider: provider, Call: call, Code: CodeBroken, Status: status, State: Failing}
	switch {
	case errors.Is(err, ErrNotSent):
		e.Code, e.NoEffect = CodeNotSent, true
		if errors.Is(err, context.Canceled) {
			e.State, e.kinds = Silent, []error{context.Canceled}
		}
	case errors.Is(err, ErrTimeout):
		e.Code, e.kinds = CodeTimeout, []error{context.DeadlineExceeded}
	case errors.Is(err, ErrCancelled):
		e.Code, e.State, e.kinds = CodeCancelled, Silent, []error{context.Canceled}
	case errors.Is(err, ErrTooLong):
		e.Code = CodeTooLong
	}
	return e
}

// Rejected returns the error of an answer with a code of the third party, which is
// taken to work.
func Rejected(provider, call, code string, status int) *CallError {
	return &CallError{Provider: provider, Call: call, Code: code, Status: status, State: Healthy}
}

// Unreadable returns the error of an answer that is not understood, or that has a
// status which the third party does not use. A caller may replace its code.
func Unreadable(provider, call string, status int) *CallError {
	code := CodeUnreadable
	if status != http.StatusOK {
		code = CodeStatus
	}
	return &CallError{Provider: provider, Call: call, Code: code, Status: status, State: Failing}
}

// Error returns the fields.
func (e *CallError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: code %s", e.Provider, e.Call, e.Code)
	if e.SubCode != "" {
		fmt.Fprintf(&b, ", sub code %s", e.SubCode)
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, ", status %d", e.Status)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, ", request id %s", e.RequestID)
	}
	return b.String()
}

// Unwrap returns the kinds that errors.Is finds.
func (e *CallError) Unwrap() []error { return e.kinds }

// WithID sets the third party's id of the call, and returns e.
func (e *CallError) WithID(requestID string) *CallError {
	e.RequestID = requestID
	return e
}

// With adds a kind of the contract, and returns e.
func (e *CallError) With(kind error) *CallError {
	e.kinds = append(e.kinds, kind)
	return e
}

// IfNoEffect adds a kind of the contract if the request had no effect, and returns
// e.
func (e *CallError) IfNoEffect(kind error) *CallError {
	if e.NoEffect {
		return e.With(kind)
	}
	return e
}

// FailureCode returns the code, for those who count failures.
func (e *CallError) FailureCode() string { return e.Code }

// Health reports whether the third party works. It returns ok = false if the call
// says nothing about that.
func (e *CallError) Health() (healthy, ok bool) { return e.State == Healthy, e.State != Silent }
