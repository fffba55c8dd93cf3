package verification

import (
	"context"
	"fmt"
	"log/slog"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// FourElementsRequest is the validity as printed on the document: both days, or the
// first and LongTerm. With the zero value, what was typed at the start is used. It is
// deleted when the attempt ends (R13). Secrecy: personal.
type FourElementsRequest struct {
	ValidFrom  identity.Date
	ValidUntil identity.Date
	LongTerm   bool // 长期
}

var (
	_ fmt.Formatter  = FourElementsRequest{}
	_ slog.LogValuer = FourElementsRequest{}
)

// String returns no date.
func (FourElementsRequest) String() string { return "validity" }

// Format writes String whatever the verb: dates render plainly.
func (r FourElementsRequest) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, r.String()) }

// LogValue returns String.
func (r FourElementsRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalText returns String. encoding/json uses it too.
func (r FourElementsRequest) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// apply returns the document with the validity to be compared.
func (r FourElementsRequest) apply(d identity.Document) (identity.Document, error) {
	if r != (FourElementsRequest{}) {
		d.ValidFrom, d.ValidUntil, d.LongTerm = r.ValidFrom, r.ValidUntil, r.LongTerm
	}
	if d.ValidFrom.IsZero() || d.ValidUntil.IsZero() != d.LongTerm {
		return identity.Document{}, identity.FieldError{Field: identity.FieldValidity, Rule: identity.RuleValidity}
	}
	return d, nil
}

// CheckFourElements reserves a try and queries the data source once whether name,
// number and validity belong together. Without an answer the attempt is unresolved.
//
// Errors: ErrNotFound, *StateError (face_first among them), *RejectedError
// (document_expired among them), identity.FieldError, *ConsentError, *ExhaustedError.
func (s *Service) CheckFourElements(
	ctx context.Context, actor Actor, id string, r FourElementsRequest,
) (_ View, _ Attempt, err error) {
	ctx, span := tracing.Start(ctx, "verification CheckFourElements")
	defer func() { span.End(err) }()
	st, err := s.stepFor(ctx, actor, id, policy.FourElements)
	if err != nil {
		return View{}, Attempt{}, err
	}
	document, err := r.apply(st.verification.Document)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if expired(document, s.now()) {
		return View{}, Attempt{}, &RejectedError{Code: failure.DocumentExpired}
	}
	return s.querySource(ctx, actor, st, sourceQuery{ask: func(ctx context.Context, a Attempt) (Decision, error) {
		decision, err := s.deps.FourElements[a.Provider].CheckFourElements(ctx, FourElementsQuery{
			AttemptID: a.ID, Document: document,
		})
		return decision, wrap("checking four elements", err)
	}})
}
