package store

import (
	"bytes"
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/window"
)

// DecideVisit implements [window.VisitStore]. That the second member is another person than the first is part of the
// statement that decides.
func (s *Store) DecideVisit(ctx context.Context, d window.Decision) (window.Visit, error) {
	var next visitState
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readVisit(ctx, tx, d.Member.Office, d.VisitID)
		switch {
		case err != nil:
			return err
		case old.State != string(window.Waiting):
			return window.ErrState
		}
		next = old
		if d.Approve {
			next.State, next.ApprovedBy, next.ApprovedAt = string(window.Verified), d.Member.ID, ms(d.Now)
		} else {
			next = returned(old)
		}
		next, err = s.changeVisit(ctx, tx, visitChange{old, next, d.Act, anotherMember})
		if err == nil && !d.Approve {
			_, err = tx.ExecContext(ctx, "UPDATE visits SET evidence_cipher = ? WHERE id = ?", []byte{}, old.ID)
		}
		if err = overtakenVisit(ctx, tx, err, d.Member, old); errors.Is(err, window.ErrState) && samePerson(d, old) {
			err = window.ErrSamePerson
		}
		return err
	})
	return next.visit(), visited("deciding a visit", err)
}

// samePerson reports whether the second member is the first.
func samePerson(d window.Decision, v visitState) bool {
	hash := personHash(d.Member)
	return v.VerifiedBy == d.Member.ID || v.OpenedBy == d.Member.ID || len(hash) > 0 && bytes.Equal(hash, v.Verifier)
}

// returned is the visit as it was before the document was seen.
func returned(v visitState) visitState {
	v.State, v.SubjectID, v.Reason, v.Minor, v.Unable = string(window.Open), "", "", 0, 0
	v.VerifiedBy, v.Verifier, v.VerifiedAt = "", []byte{}, 0
	return v
}
