package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// visitTodos returns the newest todos of the person in the case of a visit.
func (s *Store) visitTodos(ctx context.Context, q querier, v visitState, columns string) ([]todo.Todo, error) {
	key, err := s.ownerKey(ctx, q, v.CaseRow)
	if err != nil {
		return nil, err
	}
	todos, err := s.newestTodos(ctx, q, v.CaseRow, key, columns)
	if err != nil {
		return nil, err
	}
	var own []todo.Todo
	for _, t := range todos {
		if t.SubjectID == v.SubjectID {
			own = append(own, t)
		}
	}
	return own, nil
}

// look is what of a visit is shown, in which states of it, and why.
type look struct {
	purpose staff.Purpose
	shown   rights.Shown
	states  []window.State
}

// showVisit reads a visit and records that something of it is shown to the member (R51), before anything is decrypted.
func (s *Store) showVisit(ctx context.Context, tx *sqlx.Tx, a window.Act, l look) (visitState, error) {
	v, err := s.readVisit(ctx, tx, a.Member.Office, a.VisitID)
	if err != nil {
		return v, err
	}
	if v.SubjectID == "" || !slices.Contains(l.states, v.visit().At(a.Now).State) {
		return v, window.ErrState
	}
	own, err := isOwn(ctx, tx, a.Member, v.SubjectID, v.CaseRow)
	if err == nil && own {
		err = window.ErrOwnAffair
	}
	if err != nil {
		return v, err
	}
	role, ok := a.Member.RoleFor(l.purpose)
	if !ok {
		return v, window.ErrRole
	}
	access := rights.StaffAccess{
		SubjectID: v.SubjectID, Member: a.Member, Role: role, Purpose: l.purpose, Shown: l.shown, Reference: v.ID, At: a.Now,
	}
	if l.purpose == staff.ForDispute {
		err = s.recordAccessOfErased(ctx, tx, access)
	} else {
		err = s.recordAccess(ctx, tx, access)
	}
	switch {
	case errors.Is(err, rights.ErrOwn):
		err = window.ErrOwnAffair
	case errors.Is(err, rights.ErrNotFound):
		err = window.ErrNotFound
	}
	return v, err
}

// VisitTodos implements [window.VisitStore].
func (s *Store) VisitTodos(ctx context.Context, a window.Act) ([]window.VisitTodo, error) {
	var asked []window.VisitTodo
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		v, err := s.showVisit(ctx, tx, a, look{staff.ForService, rights.ShownCase, []window.State{window.Verified}})
		if err != nil {
			return err
		}
		next := v
		next.ShownAt = ms(a.Now) // the last time: a revision that came later was not shown before
		if _, err = s.changeVisit(ctx, tx, visitChange{old: v, next: next, act: window.Act{VisitID: v.ID, Member: a.Member, Now: a.Now}}); err != nil {
			return overtakenVisit(ctx, tx, err, a.Member, v)
		}
		todos, err := s.visitTodos(ctx, tx, v, todoHead+", "+todoBody)
		if err != nil {
			return err
		}
		evidence, err := s.evidenceFor(ctx, tx, a.Member, v)
		if err != nil {
			return err
		}
		asked = nil
		for _, t := range todos {
			if t.Signer.Name.Equal(evidence.Document.Name) { // R8
				asked = append(asked, askedOf(t))
			}
		}
		return nil
	})
	return asked, visited("reading what a case asks at a window", err)
}

func askedOf(t todo.Todo) window.VisitTodo {
	a := window.VisitTodo{
		TodoID: t.ID, SignerID: t.SignerID, State: string(t.State), Revision: t.Revision, ContentDigest: t.ContentDigest,
		Enterprise: t.Headline.EnterpriseName, Business: string(t.Headline.BusinessKind), Role: t.Headline.Role,
		Represented: t.Headline.Represented, ExpiresAt: t.ExpiresAt,
	}
	if t.Headline.BusinessLabel != "" {
		a.Business = t.Headline.BusinessLabel
	}
	for _, item := range t.Content.Items {
		a.Lines = append(a.Lines, window.Line{Label: item.Label, Value: item.Value})
	}
	return a
}

// VisitEvidence implements [window.VisitStore].
func (s *Store) VisitEvidence(ctx context.Context, a window.Act) (window.Evidence, error) {
	return s.showEvidence(ctx, a, look{staff.ForApproval, rights.ShownDocument, []window.State{window.Waiting}})
}

// DisputedEvidence implements [window.VisitStore].
func (s *Store) DisputedEvidence(ctx context.Context, a window.Act) (window.Evidence, error) {
	return s.showEvidence(ctx, a, look{staff.ForDispute, rights.ShownDocument, []window.State{window.Verified, window.Ended}})
}

func (s *Store) showEvidence(ctx context.Context, a window.Act, l look) (window.Evidence, error) {
	var e window.Evidence
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		v, err := s.showVisit(ctx, tx, a, l)
		if err == nil {
			e, err = s.evidenceFor(ctx, tx, a.Member, v)
		}
		return err
	})
	return e, visited("reading what was seen at a window", err)
}

func (s *Store) openEvidence(ctx context.Context, q querier, v visitState) (window.Evidence, error) {
	var row struct {
		Cipher  []byte `db:"evidence_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := q.GetContext(ctx, &row, "SELECT v.evidence_cipher, k.wrapped FROM visits v JOIN data_keys k ON k.owner_id = v.subject_id WHERE v.id = ?", v.ID)
	if noRow(err) {
		return window.Evidence{}, window.ErrNotFound // erased meanwhile
	}
	if err != nil {
		return window.Evidence{}, err
	}
	key, err := s.unwrap(v.SubjectID, row.Wrapped)
	if err != nil {
		return window.Evidence{}, err
	}
	var sealed sealedEvidence
	if err = openJSON(key, visitAAD(v.ID), row.Cipher, &sealed); err != nil {
		return window.Evidence{}, err
	}
	e, err := window.EvidenceOf(sealed.Evidence)
	e.Version = evidenceVersion(row.Cipher)
	return e, err
}
