package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/window"
)

// DecideVisit implements [window.VisitStore]. The statement that decides has the four eyes: the second member is another person
// than the first, decides on the evidence that is there, and was shown it if they approve.
func (s *Store) DecideVisit(ctx context.Context, d window.DecisionAct) (window.Visit, error) {
	var next visitState
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readVisit(ctx, tx, d.Member.Office, d.VisitID)
		switch {
		case err != nil:
			return err
		case old.State != string(window.Waiting):
			return window.ErrState
		}
		evidence, err := sealedEvidenceOf(ctx, tx, old.ID)
		switch {
		case err != nil:
			return err
		case evidenceVersion(evidence) != d.Version:
			return undecided(ctx, tx, d, old, evidence)
		}
		held := false
		if !d.Approve {
			if held, err = isHeld(ctx, tx, old.SubjectID, old.CaseRow); err != nil {
				return err
			}
		}
		next = afterDecision(old, d, held)
		next, err = s.changeVisit(ctx, tx, visitChange{old, next, d.Act, anotherMember, evidence, d.Approve})
		switch {
		case errors.Is(err, errNotOne):
			return undecided(ctx, tx, d, old, evidence)
		case err != nil:
			return err
		case d.Approve:
			return s.approvable(ctx, tx, d, next)
		case held:
			return endPhotosOf(ctx, tx, old.ID, next.EndedAt)
		}
		return forgetSeen(ctx, tx, old.ID)
	})
	return next.visit(), visited("deciding a visit", err)
}

// approvable returns why what was seen in a visit cannot be approved by this member, or nil.
func (s *Store) approvable(ctx context.Context, tx *sqlx.Tx, d window.DecisionAct, v visitState) error {
	evidence, err := s.evidenceFor(ctx, tx, d.Member, v)
	if err != nil {
		return err
	}
	return s.demandPhotos(ctx, tx, v, evidence, d.Photos)
}

// afterDecision is a visit after a decision. What was seen of a document that a legal hold keeps stays with a visit that is returned, which
// ends: the clerk begins another one.
func afterDecision(v visitState, d window.DecisionAct, held bool) visitState {
	switch {
	case d.Approve:
		v.State, v.ApprovedBy, v.ApprovedAt = string(window.Verified), d.Member.ID, ms(d.Now)
	case held:
		v.State, v.EndedAt, v.Outcome = string(window.Ended), ms(d.Now), window.OutcomeReturned
	default:
		v = returned(v)
	}
	return v
}

// forgetSeen deletes what was seen of a document that is to be seen again.
func forgetSeen(ctx context.Context, tx *sqlx.Tx, visitID string) error {
	_, err := tx.ExecContext(ctx, "UPDATE visits SET evidence_cipher = ? WHERE id = ?", []byte{}, visitID)
	if err == nil {
		err = dropPhotosOf(ctx, tx, visitID)
	}
	return err
}

// undecided returns why a decision changes nothing of a visit with this evidence.
func undecided(ctx context.Context, q querier, d window.DecisionAct, old visitState, evidence []byte) error {
	own, err := ownHashesOf(ctx, q, d.Member)
	if err != nil {
		return err
	}
	err = overtakenVisit(ctx, q, errNotOne, d.Member, old)
	switch {
	case !errors.Is(err, window.ErrState):
		return err
	case old.VerifiedBy == d.Member.ID, old.OpenedBy == d.Member.ID, own.has(old.Verifier):
		return window.ErrSamePerson
	case old.ExpiresAt <= ms(d.Now), len(evidence) == 0: // over, or another member has returned it
		return window.ErrState
	case d.Version == "":
		return window.ErrNotShown
	case d.Version != evidenceVersion(evidence):
		return window.ErrChanged
	}
	var shown bool
	if err = q.GetContext(ctx, &shown, "SELECT "+wasShown, old.SubjectID, old.VerifiedAt, d.Member.ID, old.ID); err != nil {
		return err
	}
	if d.Approve && !shown {
		return window.ErrNotShown
	}
	return window.ErrState
}

// sealedEvidenceOf returns the evidence of a visit as it is stored.
func sealedEvidenceOf(ctx context.Context, q querier, id string) ([]byte, error) {
	var cipher []byte
	err := q.GetContext(ctx, &cipher, "SELECT v.evidence_cipher FROM visits v WHERE v.id = ?", id)
	return cipher, err
}

// evidenceVersion returns what tells evidence from any other: a hash of how it is sealed, which is random each time.
func evidenceVersion(cipher []byte) string {
	sum := sha256.Sum256(cipher)
	return hex.EncodeToString(sum[:])
}

// returned is the visit as it was before the document was seen.
func returned(v visitState) visitState {
	v.State, v.SubjectID, v.Reason, v.Minor, v.Unable = string(window.Open), "", "", 0, 0
	v.VerifiedBy, v.Verifier, v.VerifiedAt = "", []byte{}, 0
	return v
}
