package agency

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"renzheng/providers/kit"
	"renzheng/verification"
)

// Codes of ours, in the place of the gateway's.
const (
	codeNotAsked     = "not_asked"      // the query has no place here
	codeNotSent      = "not_sent"       // no connection, or the caller had left
	codeTimeout      = "timeout"        // no answer in time
	codeCancelled    = "cancelled"      // the caller left meanwhile
	codeBroken       = "broken"         // the connection broke, or the answer never ended
	codeUnsigned     = "unsigned"       // an answer that nobody signed
	codeBadSignature = "bad_signature"  // signed by another, over something else, or not as agreed
	codeOtherRequest = "other_request"  // signed, for another request
	codeLate         = "late"           // signed, and not now
	codeUnreadable   = "unreadable"     // signed, and not of the contract
	codeOtherSubject = "other_subject"  // signed, about another attempt, document or account
	codeBadPage      = "page_elsewhere" // signed, with a page where no client is sent
)

// Codes of the gateway (docs/agency.md).
const (
	codeUnsupported = "document_unsupported"
	codeNotFound    = "not_found"
	codeBusy        = "busy"
	codeInternal    = "internal"
	codeReplayed    = "signature_replayed"
)

var (
	codeShape      = regexp.MustCompile(`^[a-z]{1,24}(_[a-z]{1,24}){0,3}$`)
	referenceShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// Error is a call that gave no decision. errors.Is tells
// verification.ErrNothingDone where it surely had no effect; any other leaves
// the outcome in doubt. Secrecy: none of its parts is personal; it may be
// logged.
type Error struct {
	Call      string // "document-check", "face-start" or "face-query"
	Code      string // the gateway's if it signed it, else one of ours; letters and _
	Status    int    // of HTTP; 0 = no answer
	Reference string // the gateway's name of the call, a UUID; "" = none
	causes    []error
}

// Error gives provider, call, code, status and reference (R32).
func (e *Error) Error() string {
	return fmt.Sprintf("agency %s: code %s, status %d, reference %q", e.Call, e.Code, e.Status, e.Reference)
}

// Unwrap gives verification.ErrNothingDone and the context's error where they
// apply.
func (e *Error) Unwrap() []error { return e.causes }

func notAsked(call string) *Error {
	return &Error{Call: call, Code: codeNotAsked, causes: []error{verification.ErrNothingDone}}
}

// faulty gives the error of a call that brought no whole answer.
func faulty(call string, status int, err error) *Error {
	failed := &Error{Call: call, Code: codeBroken, Status: status}
	switch {
	case errors.Is(err, kit.ErrNotSent):
		failed.Code, failed.causes = codeNotSent, []error{verification.ErrNothingDone}
	case errors.Is(err, kit.ErrTimeout):
		failed.Code, failed.causes = codeTimeout, []error{context.DeadlineExceeded}
	case errors.Is(err, kit.ErrCancelled):
		failed.Code, failed.causes = codeCancelled, []error{context.Canceled}
	}
	return failed
}

// refused gives the error of a refusal that the gateway signed. What is not
// listed, such as internal, leaves the outcome open.
func refused(call string, a answer) *Error {
	failed := &Error{Call: call, Code: a.text("code", codeShape), Status: a.status, Reference: a.reference()}
	if slices.Contains([]string{
		"signature_missing", "signature_invalid", "signature_stale", codeReplayed, "key_unknown",
		"digest_mismatch", "request_invalid", "conflict", codeBusy, codeUnsupported, codeNotFound,
	}, failed.Code) {
		failed.causes = []error{verification.ErrNothingDone}
	}
	if failed.Code == "" {
		failed.Code = codeUnreadable
	}
	return failed
}
