package alibabacloud

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"renzheng/providers/kit"
	"renzheng/verification"
)

// Codes of failures on our side of the wire, in the place of the vendor's.
const (
	codeNotAsked   = "ClientNotAsked"   // the query has no place here
	codeNoWay      = "ClientNoWay"      // no connection, or the caller had left
	codeTimeout    = "ClientTimeout"    // no answer in time
	codeCancelled  = "ClientCancelled"  // the caller left meanwhile
	codeBroken     = "ClientBroken"     // the connection broke, or the answer never ended
	codeUnreadable = "ClientUnreadable" // an answer that is none
)

// Error is a call that gave no decision. errors.Is tells
// verification.ErrNothingDone where it surely had no effect; any other leaves
// the outcome in doubt. Secrecy: none of its parts is personal; it may be
// logged.
type Error struct {
	Action    string
	Code      string // the vendor's, three digits or letters and dots, or one of ours: Client…
	Status    int    // of HTTP; 0 = no answer
	RequestID string // the vendor's, for its support; "" = none
	causes    []error
}

// Error gives provider, action, code, status and request id (R32).
func (e *Error) Error() string {
	return fmt.Sprintf("alibabacloud %s: code %s, status %d, request id %q", e.Action, e.Code, e.Status, e.RequestID)
}

// Unwrap gives verification.ErrNothingDone and the context's error where they
// apply.
func (e *Error) Unwrap() []error { return e.causes }

func notAsked(action string) *Error {
	return &Error{Action: action, Code: codeNotAsked, causes: []error{verification.ErrNothingDone}}
}

// faulty gives the error of a call that brought no whole answer.
func faulty(action string, status int, err error) *Error {
	failed := &Error{Action: action, Code: codeBroken, Status: status}
	switch {
	case errors.Is(err, kit.ErrNotSent):
		failed.Code, failed.causes = codeNoWay, []error{verification.ErrNothingDone}
	case errors.Is(err, kit.ErrTimeout):
		failed.Code, failed.causes = codeTimeout, []error{context.DeadlineExceeded}
	case errors.Is(err, kit.ErrCancelled):
		failed.Code, failed.causes = codeCancelled, []error{context.Canceled}
	}
	return failed
}

// refused gives the error of an answer in which the source did not speak.
func refused(action string, a answer) *Error {
	failed := &Error{Action: action, Code: a.code, Status: a.status, RequestID: a.requestID}
	if beforeSource(a.code) {
		failed.causes = []error{verification.ErrNothingDone}
	}
	return failed
}

// beforeSource tells whether a code means that the request was turned away
// before any source was asked. What is not listed, such as 500, InternalError
// and ServiceUnavailable, leaves that open.
// Source: https://help.aliyun.com/zh/id-verification (return codes) and the
// vendor's common error codes, 2026-11.
func beforeSource(code string) bool {
	if slices.Contains([]string{
		"400", // a parameter is missing
		"410", // the product is not open
		"411", // the key may not
		"412", // the bill is not paid
	}, code) {
		return true
	}
	family, _, _ := strings.Cut(code, ".")
	for _, start := range []string{
		"InvalidAccessKey", "InvalidSecurityToken", "IncompleteSignature", "Signature", "InvalidTimeStamp", // who asks
		"Forbidden", "NoPermission", // whether they may
		"Missing", "InvalidParameter", "InvalidAction", "InvalidVersion", "InvalidProtocol", "Unsupported", // what is asked
		"Throttling", // how often
	} {
		if strings.HasPrefix(family, start) {
			return true
		}
	}
	return false
}
