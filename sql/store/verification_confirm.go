package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
)

// insertConfirm inserts a verification that is bound to what was shown (R6). It takes subject and document from the
// grant, and expires with the grant at the latest (R3).
func (s *Store) insertConfirm(ctx context.Context, tx *sqlx.Tx, v *verification.Verification) error {
	if v.Todo == nil {
		return errors.New("a confirm verification needs its todo")
	}
	now, b := ms(v.CreatedAt), v.Todo
	var grant struct {
		grantRow

		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.GetContext(ctx, &grant, "SELECT "+grantColumns+`, g.document_cipher, k.wrapped FROM grants g
		JOIN data_keys k ON k.owner_id = g.subject_id
		WHERE g.id = ? AND g.session_id = ? AND g.account_id = ? AND g.ended_at = 0 AND g.until > ?`,
		b.GrantID, v.SessionID, v.AccountID, now)
	if noRow(err) {
		return verification.ErrNoGrant
	}
	if err == nil {
		err = s.verify(ctx, tx, grant.grantRow)
	}
	if err != nil {
		return err
	}
	v.SubjectID, v.ExpiresAt = grant.SubjectID, fromMs(min(ms(v.ExpiresAt), grant.Until))
	if v.Document, err = s.grantDocument(b.GrantID, grant.SubjectID, grant.Wrapped, grant.Cipher); err != nil {
		return err
	}
	key, err := s.unwrap(grant.SubjectID, grant.Wrapped)
	if err != nil {
		return err
	}
	sealed, err := sealDocument(key, verificationAAD(v.ID), v.Document)
	if err != nil {
		return err
	}
	err = exactlyOne(tx.ExecContext(ctx, insertVerification+`
		SELECT ?, g.session_id, g.account_id, g.subject_id, ?, ?, ?, ?, ?, ?, ?, g.id, t.id, t.revision, t.content_digest, ?, ?, ?
		FROM grants g JOIN todos t ON t.subject_id = g.subject_id
		JOIN servings s ON s.session_id = g.session_id AND s.todo_id = t.id AND s.revision = t.revision
			AND s.content_digest = t.content_digest
		WHERE g.id = ? AND g.session_id = ? AND g.account_id = ? AND g.ended_at = 0 AND g.until > ?
			AND t.id = ? AND t.state = 'open' AND t.expires_at > ? AND t.revision = ? AND t.content_digest = ?`,
		v.ID, v.Purpose, v.Channel, v.State, sealed, v.Document.Type, v.Prefilled, v.PolicyDigest, now, ms(v.ExpiresAt), s.tag(stateOf(*v)),
		b.GrantID, v.SessionID, v.AccountID, now, b.TodoID, now, b.Revision, b.ContentDigest))
	if errors.Is(err, errNotOne) {
		return whyNotBound(ctx, tx, *v)
	}
	return err
}

// whyNotBound says why a todo could not be bound. It decides nothing: the insert did.
func whyNotBound(ctx context.Context, tx *sqlx.Tx, v verification.Verification) error {
	var open bool
	err := tx.GetContext(ctx, &open, `SELECT state = 'open' AND expires_at > ? AND revision = ? AND content_digest = ?
		FROM todos WHERE id = ? AND subject_id = ?`,
		ms(v.CreatedAt), v.Todo.Revision, v.Todo.ContentDigest, v.Todo.TodoID, v.SubjectID)
	switch {
	case noRow(err):
		return verification.ErrNotFound
	case err != nil:
		return err
	case !open:
		return verification.ErrConflict
	}
	return verification.ErrNotServed
}
