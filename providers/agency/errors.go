package agency

import (
	"regexp"
	"slices"

	"renzheng/providers/kit"
	"renzheng/verification"
)

const provider = "agency"

// Codes of our own for answers that are not believed, next to those of kit.
const (
	codeUnsigned     = "unsigned"
	codeBadSignature = "bad_signature"  // signed by another key, over something else, or not as agreed
	codeOtherRequest = "other_request"  // signed for another request
	codeLate         = "late"           // signed at another time
	codeOtherSubject = "other_subject"  // signed, about another attempt, document or account
	codeBadPage      = "page_elsewhere" // signed, with a page to which no client may be sent
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

func notAsked(call string) *kit.CallError {
	return kit.NotAsked(provider, call).With(verification.ErrNothingDone)
}

// disbelieved returns the error of an answer that is not one of the contract to
// this request, with one of our codes.
func disbelieved(call, code string, a answer) *kit.CallError {
	return &kit.CallError{
		Provider: provider, Call: call, Code: code, Status: a.status, RequestID: a.reference(), State: kit.Failing,
	}
}

// rejected returns the error of a rejection that the gateway signed. Codes that are
// not listed, such as internal, leave open whether the request had an effect.
func rejected(call string, a answer) *kit.CallError {
	e := kit.Rejected(provider, call, a.text("code", codeShape), a.status).WithID(a.reference())
	e.Signed = true
	e.NoEffect = slices.Contains([]string{
		"signature_missing", "signature_invalid", "signature_stale", codeReplayed, "key_unknown",
		"digest_mismatch", "request_invalid", "conflict", codeBusy, codeUnsupported, codeNotFound,
	}, e.Code)
	switch e.Code {
	case codeBusy, codeInternal,
		codeReplayed: // the connection broke, and the transport repeated the request
		e.State = kit.Failing
	case "":
		return disbelieved(call, kit.CodeUnreadable, a)
	}
	return e.IfNoEffect(verification.ErrNothingDone)
}
