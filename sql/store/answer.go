package store

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
)

var _ todo.AnswerStore = (*Store)(nil)

// Confirm implements [todo.AnswerStore].
func (s *Store) Confirm(ctx context.Context, a todo.Answer) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.answerTodo(ctx, tx, a, todo.Confirmed)
		if err != nil {
			return err
		}
		if err = s.consume(ctx, tx, a); err != nil {
			return err
		}
		if err = s.putAnswer(ctx, tx, key, a); err != nil {
			return err
		}
		return s.useStrokes(ctx, tx, a.Confirmation, a.Confirmation.SubjectID)
	})
}

// Decline implements [todo.AnswerStore].
func (s *Store) Decline(ctx context.Context, a todo.Answer) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		// What ends the grant changes the session first, so that one of the two waits for the other. A confirmation uses up its
		// verification, which ends with the grant.
		if err := holdSession(ctx, tx, a.Viewer.SessionID); err != nil {
			return conflicting(err, "declining a todo")
		}
		key, err := s.answerTodo(ctx, tx, a, todo.Declined)
		if err != nil {
			return err
		}
		if err = s.putAnswer(ctx, tx, key, a); err != nil || a.Report.ID == "" {
			return err
		}
		return putReport(ctx, tx, a)
	})
}

// answerTodo ends the todo where everything still holds that the person answered: one statement settles confirm
// against decline, expire, withdraw and revise (R20). It returns the case's data key.
func (s *Store) answerTodo(ctx context.Context, tx *sqlx.Tx, a todo.Answer, state todo.State) (keyring.DataKey, error) {
	c, v, now := a.Confirmation, a.Viewer, ms(a.Now)
	old, err := readTodo(a.Todo)
	if err == nil {
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE todos SET state = ?, answered_at = ?, tag = ?
			WHERE id = ? AND subject_id = ? AND state = 'open' AND revision = ? AND content_digest = ? AND expires_at > ? AND tag = ?
			AND EXISTS (SELECT 1 FROM grants g WHERE `+liveGrant+`)`,
			append([]any{
				string(state), now, s.tagAfter(old, old.ended(state, now)), c.TodoID, v.SubjectID, c.Revision, c.ContentDigest, now, old.Tag,
			}, grantArgs(v, a.Now)...)...))
	}
	if err != nil {
		return keyring.DataKey{}, conflicting(err, "answering a todo")
	}
	return s.ownerKey(ctx, tx, c.CaseRow)
}

// consume uses up the verification. It requires that the verification is bound to this grant, session, todo, revision
// and digest (R3, R6).
func (s *Store) consume(ctx context.Context, tx *sqlx.Tx, a todo.Answer) error {
	old, ok := a.Proof.(verificationState)
	if !ok {
		return errNoStamp
	}
	c, now, consumed := a.Confirmation, ms(a.Now), old
	consumed.State, consumed.EndedAt, consumed.Turn = string(verification.Consumed), now, old.Turn+1
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = 'consumed', ended_at = ?, turn = turn + 1, tag = ?
		WHERE id = ? AND grant_id = ? AND session_id = ? AND subject_id = ? AND purpose = 'confirm' AND state = 'passed'
		AND usable_until > ? AND todo_id = ? AND revision = ? AND content_digest = ? AND turn = ? AND tag = ?`,
		now, s.tagAfter(old, consumed), c.VerificationID, a.Viewer.GrantID, a.Viewer.SessionID, a.Viewer.SubjectID, now,
		c.TodoID, c.Revision, c.ContentDigest, old.Turn, old.Tag))
	return conflicting(err, "consuming a verification")
}

// putAnswer inserts what every answer leaves: itself, its event and its idempotency key.
func (s *Store) putAnswer(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, a todo.Answer) error {
	if err := putConfirmation(ctx, tx, key, a.Confirmation); err != nil {
		return err
	}
	if err := insertEvents(ctx, tx, a.Event); err != nil {
		return err
	}
	if a.Key.Value == "" {
		return nil
	}
	hash := s.idempotencyHashes(answerKey(a.Viewer, a.Key))[0]
	sealed, err := s.ring.Seal(keptAnswerAAD(hash.Key), []byte(a.Confirmation.ID))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO idempotency_keys (key_hash, body_hash, state, answer_cipher, created_at)
		VALUES (?, ?, 'done', ?, ?)`, hash.Key, hash.Body, sealed, ms(a.Now))
	if isDuplicate(err) {
		return todo.ErrAnswered
	}
	if err != nil {
		return fmt.Errorf("inserting an idempotency key: %w", err)
	}
	return nil
}

// anyPerson is the subject of handwritings that are compared with those of everybody.
const anyPerson = ""

// useStrokes remembers a handwriting of a subject, or of [anyPerson], under every look-up key, so that it is known again whichever is
// the newest.
func (s *Store) useStrokes(ctx context.Context, tx *sqlx.Tx, c todo.Confirmation, subjectID string) error {
	for _, hash := range s.ring.Hashes(keyring.ForStrokes, subjectID, string(c.Strokes)) {
		_, err := tx.ExecContext(ctx, "INSERT INTO strokes_used (subject_id, hash, confirmation_id) VALUES (?, ?, ?)",
			subjectID, []byte(hash), c.ID)
		if isDuplicate(err) {
			return todo.ErrStrokesReused
		}
		if err != nil {
			return fmt.Errorf("remembering strokes: %w", err)
		}
	}
	return nil
}

// Answered implements [todo.AnswerStore].
func (s *Store) Answered(ctx context.Context, v todo.Viewer, todoID string, k todo.Key) (todo.ExistingAnswer, error) {
	id, err := s.keyedAnswer(ctx, v, k)
	if err != nil && !errors.Is(err, todo.ErrNotFound) {
		return todo.ExistingAnswer{}, err
	}
	const query = `SELECT ` + confirmationHead + `, ` + confirmationBody + `, t.headline_cipher, d.wrapped
		FROM` + confirmationsOf + `JOIN grants g ON g.subject_id = c.subject_id WHERE ` + liveGrant
	now := s.clock()
	answer := todo.ExistingAnswer{SameKey: id != ""}
	if answer.SameKey {
		answer.Confirmation, err = s.getConfirmation(ctx, s.read, query+` AND c.id = ?`, append(grantArgs(v, now), id)...)
	} else {
		answer.Confirmation, err = s.getConfirmation(ctx, s.read, query+` AND c.todo_id = ?`, append(grantArgs(v, now), todoID)...)
	}
	return answer, err
}

// keyedAnswer returns the id of the answer that was made with an idempotency key.
func (s *Store) keyedAnswer(ctx context.Context, v todo.Viewer, k todo.Key) (string, error) {
	if k.Value == "" {
		return "", todo.ErrNotFound
	}
	row, body, err := findClaim(ctx, s.read, s.idempotencyHashes(answerKey(v, k)))
	switch {
	case err != nil:
		return "", fmt.Errorf("looking up an idempotency key: %w", err)
	case row == nil:
		return "", todo.ErrNotFound
	case !hmac.Equal(row.BodyHash, body):
		return "", todo.ErrKeyReused
	}
	id, err := s.ring.Open(keptAnswerAAD(row.KeyHash), row.Answer)
	return string(id), err
}

func answerKey(v todo.Viewer, k todo.Key) session.Idempotency {
	return session.Idempotency{Principal: v.AccountID, Route: k.Route, Key: k.Value, Body: k.Body}
}
