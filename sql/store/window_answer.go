package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/window"
)

var _ todo.WindowStore = (*Store)(nil)

// verifiedVisit reads a visit in which the member may answer.
func (s *Store) verifiedVisit(ctx context.Context, q querier, m staff.Member, visitID string, now time.Time) (visitState, error) {
	v, err := s.readVisit(ctx, q, m.Office, visitID)
	if errors.Is(err, window.ErrNotFound) || err == nil && (v.State != string(window.Verified) || v.ExpiresAt <= ms(now)) {
		return v, todo.ErrNotFound
	}
	return v, err
}

// WindowTodo implements [todo.WindowStore].
func (s *Store) WindowTodo(ctx context.Context, m staff.Member, visitID, todoID string, now time.Time) (todo.WindowTodo, error) {
	v, err := s.verifiedVisit(ctx, s.read, m, visitID, now)
	if err != nil {
		return todo.WindowTodo{}, err
	}
	todos, err := s.visitTodos(ctx, s.read, v, todoHead+", "+todoBody)
	if err != nil {
		return todo.WindowTodo{}, fmt.Errorf("reading the todos of a visit: %w", err)
	}
	evidence, err := s.evidenceFor(ctx, s.read, m, v)
	if errors.Is(err, window.ErrOwnAffair) {
		return todo.WindowTodo{}, todo.ErrNotFound
	}
	if err != nil {
		return todo.WindowTodo{}, fmt.Errorf("reading what was seen: %w", err)
	}
	for _, t := range todos {
		if t.ID == todoID && t.Signer.Name.Equal(evidence.Document.Name) {
			t.ServedAt = fromMs(v.ShownAt)
			return todo.WindowTodo{Todo: t, Unable: v.Unable == 1}, nil
		}
	}
	return todo.WindowTodo{}, todo.ErrNotFound
}

// answerInVisit ends a todo while its visit is verified, is of this person and case, and the member may serve it (R52, R54).
const answerInVisit = `UPDATE todos SET state = ?, answered_at = ?, tag = ?
	WHERE id = ? AND revision = ? AND content_digest = ? AND state IN ('open', 'expired') AND tag = ? AND EXISTS (
		SELECT 1 FROM visits v WHERE v.id = ? AND v.office = ? AND v.state = 'verified' AND v.expires_at > ? AND v.tag = ?
		AND v.subject_id = todos.subject_id AND v.case_row = todos.case_row AND v.verified_by <> v.approved_by)
	AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE ` + isOwnHash + ` AND o.subject_id = ?)`

// AnswerAtWindow implements [todo.WindowStore]. A handwriting that was used before leaves an entry of the ledger alone.
func (s *Store) AnswerAtWindow(ctx context.Context, a todo.WindowAnswer) error {
	err := s.answerAtWindow(ctx, a)
	if !errors.Is(err, todo.ErrStrokesReused) {
		return err
	}
	entry := a.Entry
	entry.Kind, entry.Reason, entry.Digest = window.KindStrokesReused, "", ""
	if _, failed := s.Record(ctx, entry); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}

func (s *Store) answerAtWindow(ctx context.Context, a todo.WindowAnswer) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		c := a.Confirmation
		v, err := s.verifiedVisit(ctx, tx, a.Member, c.Window.VisitID, c.AnsweredAt)
		if errors.Is(err, todo.ErrNotFound) {
			return todo.ErrConflict
		}
		if err != nil {
			return err
		}
		own, err := isOwn(ctx, tx, a.Member, v.SubjectID, v.CaseRow)
		if err == nil && own {
			return todo.ErrConflict
		}
		if err != nil {
			return err
		}
		if c.Decision == todo.DecisionDoneAtWindow { // a no is always possible
			if err = holdUnfrozenSubject(ctx, tx, v.SubjectID, c.AnsweredAt); errors.Is(err, verification.ErrFrozen) {
				err = todo.ErrFrozenAtWindow
			}
			if err != nil {
				return err
			}
		}
		if err = s.answerVisited(ctx, tx, a, v); err != nil {
			return conflicting(err, "answering at a window")
		}
		if err = s.putSigned(ctx, tx, v, c); err == nil {
			err = insertEvents(ctx, tx, a.Event)
		}
		if err == nil {
			_, err = s.appendLedger(ctx, tx, a.Entry)
		}
		return err
	})
}

// putSigned stores an answer with its signature.
func (s *Store) putSigned(ctx context.Context, tx *sqlx.Tx, v visitState, c todo.Confirmation) error {
	key, err := s.ownerKey(ctx, tx, c.CaseRow)
	if err != nil {
		return err
	}
	if err = putConfirmation(ctx, tx, key, c); err != nil {
		return err
	}
	if err = s.putScan(ctx, tx, key, c); err != nil {
		return err
	}
	if c.Strokes != nil {
		err = s.useStrokes(ctx, tx, c, c.SubjectID)
		if err == nil { // a member may send one person's strokes for another
			err = s.useStrokes(ctx, tx, c, anyPerson)
		}
		if err != nil {
			return err
		}
	}
	return s.putVisitAnswer(ctx, tx, v, c)
}

// putVisitAnswer stores of which visit an answer is. The number of the paper leads to what the person signed, and so is sealed
// under their key.
func (s *Store) putVisitAnswer(ctx context.Context, tx *sqlx.Tx, v visitState, c todo.Confirmation) error {
	paper := []byte{}
	if c.Window.Paper != "" {
		key, err := s.ownerKey(ctx, tx, v.SubjectID)
		if err != nil {
			return err
		}
		if paper, err = key.Seal(paperAAD(c.ID), []byte(c.Window.Paper)); err != nil {
			return err
		}
	}
	return insertRows(ctx, tx, "INSERT INTO visit_answers (confirmation_id, visit_id, office, ledger_id, manner, paper, paper_cipher)",
		[][]any{{c.ID, c.Window.VisitID, c.Window.Office, c.Window.EntryID, string(c.Window.Manner), "", paper}})
}

func (s *Store) answerVisited(ctx context.Context, tx *sqlx.Tx, a todo.WindowAnswer, v visitState) error {
	old, err := readTodo(a.Todo)
	if err != nil {
		return err
	}
	c, now, state := a.Confirmation, ms(a.Confirmation.AnsweredAt), todo.DoneAtWindow
	if c.Decision == todo.DecisionDeclined {
		state = todo.Declined
	}
	return exactlyOne(tx.ExecContext(ctx, answerInVisit, string(state), now, s.tagAfter(old, old.ended(state, now)),
		c.TodoID, c.Revision, c.ContentDigest, old.Tag, v.ID, a.Member.Office, now, v.Tag, ownHash(a.Member), v.SubjectID))
}

// AnsweredAtWindow implements [todo.WindowStore].
func (s *Store) AnsweredAtWindow(ctx context.Context, visitID, todoID string) (todo.Confirmation, error) {
	c, err := s.getConfirmation(ctx, s.read, `SELECT `+confirmationHead+`, `+confirmationBody+`, t.headline_cipher, d.wrapped FROM`+confirmationsOf+`
		WHERE c.todo_id = ?`, todoID)
	if err != nil {
		return todo.Confirmation{}, err
	}
	var row struct {
		Manner string `db:"manner"`
		Paper  []byte `db:"paper_cipher"`
	}
	err = s.read.GetContext(ctx, &row, "SELECT manner, paper_cipher FROM visit_answers WHERE confirmation_id = ? AND visit_id = ?", c.ID, visitID)
	if noRow(err) {
		return c, nil
	}
	c.Window = &todo.WindowRecord{VisitID: visitID, Manner: todo.Manner(row.Manner)}
	if err == nil && len(row.Paper) > 0 {
		c.Window.Paper, err = s.openPaper(ctx, c, row.Paper)
	}
	if err != nil {
		return todo.Confirmation{}, fmt.Errorf("reading the visit of an answer: %w", err)
	}
	return c, nil
}

func paperAAD(confirmationID string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "visit_answers", Column: "paper_cipher", Row: confirmationID}
}

// openPaper returns the number of the signed paper of an answer.
func (s *Store) openPaper(ctx context.Context, c todo.Confirmation, sealed []byte) (string, error) {
	key, err := s.ownerKey(ctx, s.read, c.SubjectID)
	if err != nil {
		return "", err
	}
	paper, err := key.Open(paperAAD(c.ID), sealed)
	return string(paper), err
}
