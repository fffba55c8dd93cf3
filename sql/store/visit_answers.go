package store

import (
	"context"
	"fmt"

	"renzheng/window"
)

// VisitAnswers implements [window.VisitStore].
func (s *Store) VisitAnswers(ctx context.Context, office, id string) ([]window.Answer, error) {
	var rows []struct {
		ConfirmationID string `db:"confirmation_id"`
		EntryID        string `db:"ledger_id"`
		Manner         string `db:"manner"`
		Decision       string `db:"decision"`
		AnsweredAt     int64  `db:"answered_at"`
	}
	err := s.read.SelectContext(ctx, &rows, `SELECT a.confirmation_id, a.ledger_id, a.manner, c.decision, c.answered_at FROM visit_answers a
		JOIN confirmations c ON c.id = a.confirmation_id WHERE a.visit_id = ? AND a.office = ? ORDER BY c.answered_at, c.id`, id, office)
	if err != nil {
		return nil, fmt.Errorf("reading the answers of a visit: %w", err)
	}
	answers := make([]window.Answer, len(rows))
	for i, r := range rows {
		answers[i] = window.Answer{ConfirmationID: r.ConfirmationID, EntryID: r.EntryID, Decision: r.Decision, Manner: r.Manner, AnsweredAt: fromMs(r.AnsweredAt)}
	}
	return answers, nil
}
