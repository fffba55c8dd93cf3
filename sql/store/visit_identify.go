package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// isOwn reports whether a member is the person, or a signer of the case (R52). It is false if the provider does not claim the
// member's document.
func isOwn(ctx context.Context, q querier, m staff.Member, subjectID, caseRow string) (bool, error) {
	var own bool
	hash := ownHash(m)
	err := q.GetContext(ctx, &own, `SELECT EXISTS (SELECT 1 FROM subject_keys o WHERE `+isOwnHash+` AND o.subject_id = ?)
		OR EXISTS (SELECT 1 FROM subject_keys o JOIN todos t ON t.subject_id = o.subject_id WHERE `+isOwnHash+` AND t.case_row = ?)`,
		hash, subjectID, hash, caseRow)
	return own, err
}

// overtakenVisit returns why a change of a visit matched no row: ErrOwnAffair or ErrState. Other errors are returned as they are.
func overtakenVisit(ctx context.Context, q querier, err error, m staff.Member, v visitState) error {
	if !errors.Is(err, errNotOne) {
		return err
	}
	own, failed := isOwn(ctx, q, m, v.SubjectID, v.CaseRow)
	switch {
	case failed != nil:
		return failed
	case own:
		return window.ErrOwnAffair
	}
	return window.ErrState
}

// openVisit reads a visit that waits for a document.
func (s *Store) openVisit(ctx context.Context, q querier, a window.Act) (visitState, error) {
	v, err := s.readVisit(ctx, q, a.Member.Office, a.VisitID)
	if err == nil && (v.State != string(window.Open) || v.ExpiresAt <= ms(a.Now)) {
		err = window.ErrState
	}
	return v, err
}

// MayIdentify implements [window.VisitStore].
func (s *Store) MayIdentify(ctx context.Context, a window.Act, l window.Limits) error {
	_, err := s.openVisit(ctx, s.read, a)
	if err == nil {
		err = mayMiss(ctx, s.read, a.Member, l, a.Now)
	}
	return visited("asking whether a document may be typed", err)
}

// IdentifyVisit implements [window.VisitStore]. The try is taken before anything is looked up, and given back if the document
// matches. A document that does not match changes nothing but its own record.
func (s *Store) IdentifyVisit(ctx context.Context, i window.Identification) (window.Visit, error) {
	var next visitState
	var missed error
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		missed = nil
		old, err := s.openVisit(ctx, tx, i.Act)
		if err != nil {
			return err
		}
		taken, err := reserveMiss(ctx, tx, i.Member, i.Miss.Limits, i.Now)
		if err != nil {
			return err
		}
		w, visit, err := s.recognize(ctx, tx, old, i)
		if outcome, ok := window.MissOutcome(err); ok {
			missed = err
			d := i.Evidence.Document
			return s.recordMiss(ctx, tx, window.Lookup{Act: i.Act, Miss: i.Miss}, typedMiss{outcome, []string{string(d.Type), d.Number.Reveal()}})
		}
		nothing := errors.Is(err, window.ErrNothingAsked)
		if err != nil && !nothing {
			return err
		}
		if err = change(ctx, tx, taken, releasedIfNothingDone, giveBack); err != nil {
			return err
		}
		if nothing {
			if err = s.recordCases(ctx, tx, i.Act, w.ID); err != nil || !i.Anyway {
				missed = window.ErrNothingAsked
				return err
			}
		}
		if err = s.putSeen(ctx, tx, w, visit, i); err != nil {
			return err
		}
		next, err = s.changeVisit(ctx, tx, visitChange{old: old, next: visit, act: i.Act})
		return overtakenVisit(ctx, tx, err, i.Member, visit)
	})
	if err == nil {
		err = missed
	}
	return next.visit(), visited("identifying a person", err)
}

// putSeen stores what was seen of the document of a person.
func (s *Store) putSeen(ctx context.Context, tx *sqlx.Tx, w *wantedSubject, v visitState, i window.Identification) error {
	err := seeSubjects(ctx, tx, []*wantedSubject{w}, i.Now)
	if err == nil {
		err = s.sealEvidence(ctx, tx, w.subject, i)
	}
	if err == nil {
		err = s.putPhotos(ctx, tx, w.subject, v, i.Evidence.Photos)
	}
	return err
}

// recognize compares what was typed with the case and its signers, and returns the person and the visit as it becomes. It
// writes nothing. Its errors are those of a miss, and window.ErrNothingAsked.
func (s *Store) recognize(ctx context.Context, tx *sqlx.Tx, old visitState, i window.Identification) (*wantedSubject, visitState, error) {
	next := old
	next.State, next.RegistryID, next.CaseID, next.Reason = string(window.Waiting), i.RegistryID, i.CaseID, i.Reason
	var err error
	if next.CaseRow, err = findCase(ctx, tx, i.RegistryID, i.CaseID); err != nil {
		return nil, next, err
	}
	w, findErr := s.findPerson(ctx, tx, i.Evidence.Document)
	if findErr != nil && !errors.Is(findErr, window.ErrNotSigner) {
		return nil, next, findErr
	}
	next.SubjectID, next.Minor, next.Unable = w.ID, flag(i.Evidence.Guardian != nil), flag(i.Evidence.Witness != "")
	next.VerifiedBy, next.Verifier, next.VerifiedAt = i.Member.ID, ownHash(i.Member), ms(i.Now)
	own, err := isOwn(ctx, tx, i.Member, next.SubjectID, next.CaseRow)
	if err == nil && !own {
		own, err = s.isGuardian(ctx, tx, i.Member, i.Evidence)
	}
	switch {
	case err != nil:
	case own:
		err = window.ErrOwnAffair
	case findErr != nil:
		err = findErr
	default:
		err = s.isAsked(ctx, tx, next, i.Evidence.Document.Name)
	}
	return w, next, err
}

// findPerson finds the subject by the keyed look-up of what was typed.
func (s *Store) findPerson(ctx context.Context, tx *sqlx.Tx, d identity.Document) (*wantedSubject, error) {
	w := &wantedSubject{document: d, hashes: s.subjectHashes(d)}
	err := s.findSubjects(ctx, tx, []*wantedSubject{w})
	if err == nil && (len(w.found) == 0 || w.erasedAt > 0) {
		err = window.ErrNotSigner
	}
	return w, err
}

// isAsked returns nil if the case asks something of the person of the visit under this name. Errors: window.ErrNotSigner,
// window.ErrNameDiffers, and window.ErrNothingAsked if everything is answered.
func (s *Store) isAsked(ctx context.Context, tx *sqlx.Tx, v visitState, name identity.Name) error {
	todos, err := s.visitTodos(ctx, tx, v, todoHead)
	if err == nil {
		err = askedIn(todos, name)
	}
	return err
}

// askedIn is isAsked of the todos of a person in a case.
func askedIn(todos []todo.Todo, name identity.Name) error {
	if len(todos) == 0 {
		return window.ErrNotSigner
	}
	err := window.ErrNameDiffers
	for _, t := range todos {
		switch {
		case !t.Signer.Name.Equal(name):
		case isAnswerable(t):
			return nil
		default:
			err = window.ErrNothingAsked
		}
	}
	return err
}

// isAnswerable reports whether a todo can be answered at a window.
func isAnswerable(t todo.Todo) bool { return t.State == todo.Open || t.State == todo.Expired }

// sealedEvidence is what is sealed: the evidence and the salt of its commitment in the ledger.
type sealedEvidence struct {
	Salt     []byte `json:"salt"`
	Evidence []byte `json:"evidence"`
}

func (s *Store) sealEvidence(ctx context.Context, tx *sqlx.Tx, person subject, i window.Identification) error {
	plain, err := i.Evidence.Plain()
	if err != nil {
		return err
	}
	cipher, err := sealJSON(person.Key, visitAAD(i.VisitID), sealedEvidence{i.Salt, plain})
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE visits SET evidence_cipher = ? WHERE id = ?", cipher, i.VisitID)
	}
	return err
}
