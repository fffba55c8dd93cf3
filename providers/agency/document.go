package agency

import (
	"context"
	"net/http"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	callDocument  = "document-check"
	levelDocument = "AGENCY_DOCUMENT"

	oldResidentLength = 15 // of a foreign permanent resident's number before 2023: nationality and 12 digits
	nationalityLength = 3  // ISO 3166-1 alpha-3
)

var _ verification.DocumentChecker = (*Client)(nil)

// documentShape is a document in the JSON of the contract. Unknown fields are left
// out.
type documentShape struct {
	Type        identity.DocumentType `json:"type"`
	Number      string                `json:"number"`
	Name        string                `json:"name"`
	ValidFrom   string                `json:"valid_from,omitempty"` // 2006-01-02
	ValidUntil  string                `json:"valid_until,omitempty"`
	LongTerm    bool                  `json:"long_term,omitempty"`
	Nationality string                `json:"nationality,omitempty"` // ISO 3166-1 alpha-3
	BirthDate   string                `json:"birth_date,omitempty"`
}

func shapeOf(d identity.Document) documentShape {
	shape := documentShape{
		Type: d.Type, Number: d.Number.Reveal(), Name: d.Name.Reveal(),
		ValidFrom: d.ValidFrom.String(), ValidUntil: d.ValidUntil.String(), LongTerm: d.LongTerm,
	}
	if birth, ok := d.BirthDate(); ok {
		shape.BirthDate = birth.String()
	}
	switch {
	case d.Type == identity.Passport: // that of overseas Chinese
		shape.Nationality = "CHN"
	case d.Type == identity.ForeignPermanentResident && len(shape.Number) == oldResidentLength:
		shape.Nationality = shape.Number[:nationalityLength]
	}
	return shape
}

// askable reports whether the contract accepts a document and an attempt.
func askable(attemptID string, d identity.Document) bool {
	return attemptShape.MatchString(attemptID) && d.Type.Valid() && !d.Number.IsZero() && !d.Name.IsZero()
}

// CheckDocument checks with the authority whether the document is as its holder
// typed it. Idempotent: the gateway answers a repeated query as before.
//
// Errors: *kit.CallError, with verification.ErrNothingDone if the request surely
// had no effect. Any other error leaves the outcome in doubt.
func (c *Client) CheckDocument(ctx context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	if !askable(q.AttemptID, q.Document) {
		return verification.Decision{}, notAsked(callDocument)
	}
	a, failed := c.ask(ctx, question{
		call: callDocument, method: http.MethodPut, path: "v1/document-checks/" + q.AttemptID,
		body: map[string]documentShape{"document": shapeOf(q.Document)},
	})
	if failed != nil {
		return verification.Decision{}, failed
	}
	result := verification.Decision{Outcome: verification.OutcomeFailed, RequestID: a.reference(), Level: levelDocument}
	switch {
	case a.status != http.StatusOK && a.text("code", codeShape) == codeUnsupported:
		result.Failure = failure.RouteMissing
		return result, nil
	case a.status != http.StatusOK:
		return verification.Decision{}, rejected(callDocument, a)
	case a.text("attempt_id", attemptShape) != q.AttemptID:
		return verification.Decision{}, disbelieved(callDocument, codeOtherSubject, a)
	}
	switch a.text("result", codeShape) {
	case "match":
		result.Outcome = verification.OutcomePassed
	case "mismatch":
		result.Failure = failure.IdentityNotConfirmed
	case codeNoRecord: // the same public answer (R13), but no mismatch
		result.Failure, result.Uncounted = failure.IdentityNotConfirmed, true
	case "unavailable":
		result.Failure = failure.ProviderBusy
	case "":
		return verification.Decision{}, disbelieved(callDocument, kit.CodeUnreadable, a)
	default:
		result.Failure = failure.TryAgainLater
	}
	return result, nil
}
