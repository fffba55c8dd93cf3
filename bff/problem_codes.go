package bff

import (
	"net/http"

	"renzheng/session"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// Codes that this package gives. Public and stable, like those of the rules.
const (
	codeBodyMalformed   = "body_malformed"
	codeKeyRequired     = "idempotency_key_required"
	codeKeyReused       = todo.CodeKeyReused
	codeKeyRunning      = "idempotency_key_running"
	codeSessionRequired = "session_required"
	codeAccessRequired  = "access_required"
	codeConsentRequired = "consent_required"
	codeClient          = "client_unsupported"
	codeChannelOff      = "channel_off"
	codeNotFound        = "not_found"
	codeMethod          = "method_not_allowed"
	codeBodyTooLarge    = "body_too_large"
	codeContentType     = "content_type_unsupported"
	codeContentEncoding = "content_encoding_unsupported"
	codeValuesInvalid   = "values_invalid"
	codeRequestUnfit    = "request_unfit"
	codeAuthCode        = "auth_code_invalid"
	codeNoticeStale     = "notice_stale"
	codeNotShown        = "content_not_shown"
	codeNoAlerts        = "alerts_unavailable"
	codeCrossSite       = "cross_site_request"
	codeStateChanged    = "state_changed"
	codeTooMany         = "too_many_requests"
	codeUnavailable     = "temporarily_unavailable"
	codeNotReady        = "not_ready"
	codeInternal        = "internal_error"
	codeClientGone      = "client_gone"
)

// statusClientGone is nobody's to see but the log's: the client has left.
const statusClientGone = 499

// problemKinds lists every problem of the API, in the order of the document.
func problemKinds() []problemKind {
	kinds := edgeProblems()
	kinds = append(kinds, personProblems()...)
	kinds = append(kinds, verificationProblems()...)
	kinds = append(kinds, todoProblems()...)
	kinds = append(kinds, registryProblems()...)
	kinds = append(kinds, supportProblems()...)
	return append(kinds, failureProblems()...)
}

// failureProblems gives the failures that refuse a call before anything was
// done. Their texts are the catalogue's.
func failureProblems() []problemKind {
	status := map[failure.Code]int{
		failure.AccountOwnerDiffers: http.StatusUnprocessableEntity,
		failure.GuardianRequired:    http.StatusUnprocessableEntity,
		failure.DocumentExpired:     http.StatusUnprocessableEntity,
		failure.RouteMissing:        http.StatusUnprocessableEntity,
		failure.CheckSwitchedOff:    http.StatusUnprocessableEntity,
		failure.TriesExhausted:      http.StatusConflict,
		failure.AccountLimit:        http.StatusConflict,
		failure.CardLocked:          http.StatusConflict,
		failure.RiskRefused:         http.StatusForbidden,
	}
	var kinds []problemKind
	for _, entry := range failure.Catalogue() {
		if s, refuses := status[entry.Code]; refuses {
			kinds = append(kinds, problemKind{
				string(entry.Code), s, text(entry.Prompt), text(entry.Cause),
			})
		}
	}
	return kinds
}

// kindsByCode makes the table that newProblem reads.
func kindsByCode() map[string]problemKind {
	byCode := map[string]problemKind{}
	for _, kind := range problemKinds() {
		byCode[kind.Code] = kind
	}
	return byCode
}

// problemOfKind lists the errors that are a kind and carry nothing else.
func problemOfKind() []errorKind {
	return []errorKind{
		{session.ErrChannelOff, codeChannelOff},
		{session.ErrClientUnsupported, codeClient},
		{session.ErrCodeInvalid, codeAuthCode},
		{session.ErrAccountBarred, string(failure.RiskRefused)},
		{session.ErrUnavailable, codeUnavailable},
		{session.ErrTooMany, codeTooMany},
		{session.ErrKeyReused, codeKeyReused},
		{session.ErrStillRunning, codeKeyRunning},
		{session.ErrNotFound, codeNotFound},
		{verification.ErrNotFound, codeNotFound},
		{verification.ErrNoticeStale, codeNoticeStale},
		{verification.ErrRequest, codeRequestUnfit},
		{verification.ErrNoGrant, codeAccessRequired},
		{verification.ErrNotServed, codeNotShown},
		{verification.ErrConsent, codeConsentRequired},
		{verification.ErrConflict, codeStateChanged},
		{todo.ErrNotFound, codeNotFound},
		{todo.ErrNoAlerts, codeNoAlerts},
		{todo.ErrKeyReused, codeKeyReused},
		{todo.ErrStrokesReused, todo.CodeStrokesReused},
		{todo.ErrAnswered, codeStateChanged},
		{todo.ErrConsumed, todo.CodeVerificationConsumed},
		{todo.ErrConflict, codeStateChanged},
		{support.ErrNotFound, codeNotFound},
	}
}

// errorKind is an error of the rules and the problem that it is.
type errorKind struct {
	is   error
	code string
}
