package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"renzheng/verification"
)

// Codes of failures on our side of the wire, in the place of the vendor's.
const (
	codeNotAsked   = "ClientNotAsked"   // the query has no place here, or came too late
	codeNoWay      = "ClientNoWay"      // no connection
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
	Code      string // the vendor's, letters and dots only, or one of ours: Client…
	Status    int    // of HTTP; 0 = no answer
	RequestID string // the vendor's, for its support; "" = none
	causes    []error
}

// Error gives provider, action, code, status and request id (R32).
func (e *Error) Error() string {
	return fmt.Sprintf("tencentcloud %s: code %s, status %d, request id %q", e.Action, e.Code, e.Status, e.RequestID)
}

// Unwrap gives verification.ErrNothingDone and the context's error where they
// apply. The transport's own errors stay inside: they name addresses.
func (e *Error) Unwrap() []error { return e.causes }

func notAsked(action string, causes ...error) *Error {
	return &Error{Action: action, Code: codeNotAsked, causes: append(causes, verification.ErrNothingDone)}
}

// failure gives the error of an exchange that brought no whole answer.
func (e *exchange) failure(action string) *Error {
	failed := &Error{Action: action, Code: codeBroken, Status: e.status}
	switch {
	case e.neverSent():
		failed.Code, failed.causes = codeNoWay, []error{verification.ErrNothingDone}
	case errors.Is(e.err, context.DeadlineExceeded):
		failed.Code, failed.causes = codeTimeout, []error{context.DeadlineExceeded}
	case errors.Is(e.err, context.Canceled):
		failed.Code, failed.causes = codeCancelled, []error{context.Canceled}
	}
	return failed
}

// refused gives the error of an answer in which the vendor's gateway, not the
// data source, spoke.
func refused(action string, a answer) *Error {
	failed := &Error{Action: action, Code: a.code, Status: a.status, RequestID: a.requestID}
	if beforeSource(a.code) {
		failed.causes = []error{verification.ErrNothingDone}
	}
	return failed
}

// beforeSource tells whether a code of the vendor's outer layer means that the
// request was turned away before any source was asked. What is not listed,
// such as InternalError and most of FailedOperation, leaves that open.
// Source: https://cloud.tencent.com/document/product/1388/114322 (common codes).
func beforeSource(code string) bool {
	if code == "FailedOperation.RequestLimitExceeded" {
		return true
	}
	family, _, _ := strings.Cut(code, ".")
	switch family {
	case "AuthFailure", "UnauthorizedOperation", "IpInBlacklist", "IpNotInWhitelist", // who asks
		"MissingParameter", "UnknownParameter", "InvalidParameter", "InvalidParameterValue", // what is asked
		"InvalidRequest", "InvalidAction", "ActionOffline", "NoSuchProduct", "NoSuchVersion", // of whom
		"UnsupportedProtocol", "UnsupportedRegion", "RequestSizeLimitExceeded", // how
		"RequestLimitExceeded": // how often
		return true
	}
	return false
}
