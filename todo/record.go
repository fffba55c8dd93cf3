package todo

import (
	"context"
	"fmt"
	"time"

	"renzheng/tracing"
)

// PortraitKept is how long the portrait of an answer is kept once its registry
// fetched it (R33): time to file it, and to ask again when that went wrong.
const PortraitKept = 30 * 24 * time.Hour

// PortraitNotice is how long before the deletion of a portrait its registry is
// notified, if it never fetched the portrait.
const PortraitNotice = 30 * 24 * time.Hour

// Records is a page of a person's answers, newest first. Next is nil on the last
// page. Openings and Strokes are not loaded.
type Records struct {
	Rows []Confirmation
	Next *Cursor
}

// ListConfirmations returns the viewer's own answers.
func (s *Service) ListConfirmations(ctx context.Context, v Viewer, p Page) (_ Records, err error) {
	ctx, span := tracing.Start(ctx, "todo ListConfirmations")
	defer func() { span.End(err) }()
	p.Limit = pageSize(p.Limit)
	limit := p.Limit
	p.Limit++ // one more row shows that there is a next page
	rows, err := s.Records.Confirmations(ctx, v, p, s.now())
	if err != nil {
		return Records{}, fmt.Errorf("listing confirmations: %w", err)
	}
	if len(rows) <= limit {
		return Records{Rows: rows}, nil
	}
	last := rows[limit-1]
	return Records{Rows: rows[:limit], Next: &Cursor{At: last.AnsweredAt, ID: last.ID}}, nil
}

// ListsOwnAnswers reports whether a session may list its own answers after its grant has expired.
func (s *Service) ListsOwnAnswers() bool { return s.SessionRecords != nil && s.SessionRecords() }

// ListSessionConfirmations returns the answers that were given in the viewer's session,
// even after its grant has expired, if the policy allows it (Deps.SessionRecords). The
// caller must mask them. Errors: ErrNoAccess.
func (s *Service) ListSessionConfirmations(ctx context.Context, v Viewer) (_ []Confirmation, err error) {
	ctx, span := tracing.Start(ctx, "todo ListSessionConfirmations")
	defer func() { span.End(err) }()
	if !s.ListsOwnAnswers() {
		return nil, ErrNoAccess
	}
	rows, err := s.Records.SessionConfirmations(ctx, v)
	if err != nil {
		return nil, fmt.Errorf("listing the session's confirmations: %w", err)
	}
	return rows, nil
}

// GetConfirmation returns one of the viewer's own answers. Errors: ErrNotFound.
func (s *Service) GetConfirmation(ctx context.Context, v Viewer, id string) (_ Confirmation, err error) {
	ctx, span := tracing.Start(ctx, "todo GetConfirmation")
	defer func() { span.End(err) }()
	c, err := s.Records.Confirmation(ctx, v, id, s.now())
	if err != nil {
		return Confirmation{}, fmt.Errorf("reading a confirmation: %w", err)
	}
	return c, nil
}

// GetEvidence returns what a registry must file for an answer of its own signer
// (R27). The fetch is recorded, and the portrait is deleted 30 days after the
// first fetch (R33).
//
// Errors: ErrNotFound; *RejectedError with CodeEvidenceErased. Secrecy: personal throughout.
func (s *Service) GetEvidence(ctx context.Context, q EvidenceQuery) (_ Evidence, err error) {
	ctx, span := tracing.Start(ctx, "todo GetEvidence")
	defer func() { span.End(err) }()
	return s.evidence(ctx, q, s.now())
}

// PeekEvidence is GetEvidence for an answer that contains nothing of the evidence,
// such as that to HEAD. It is not recorded as a fetch.
func (s *Service) PeekEvidence(ctx context.Context, q EvidenceQuery) (Evidence, error) {
	return s.evidence(ctx, q, time.Time{})
}

func (s *Service) evidence(ctx context.Context, q EvidenceQuery, fetchedAt time.Time) (Evidence, error) {
	e, err := s.Records.Evidence(ctx, q, fetchedAt)
	if err != nil {
		return Evidence{}, fmt.Errorf("reading evidence: %w", err)
	}
	if e.Confirmation.Erased {
		return Evidence{}, &RejectedError{Code: CodeEvidenceErased, Confirmation: &e.Confirmation}
	}
	if e.Confirmation.Strokes == nil {
		return e, nil
	}
	if e.Handwriting, err = renderEncoded(e.Confirmation.Strokes, &s.pictures); err != nil {
		return Evidence{}, err
	}
	return e, nil
}
