package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/session"
)

// reviveSubjects begins erased subjects anew whose document is seen again while their look-up hashes are still kept.
// Nothing of before belongs to them except used tries and open todos.
func (s *Store) reviveSubjects(ctx context.Context, tx *sqlx.Tx, wanted []*wantedSubject, now time.Time) error {
	for _, w := range wanted {
		if w.erasedAt == 0 {
			continue
		}
		if err := s.reviveSubject(ctx, tx, w, now); err != nil {
			return err
		}
	}
	return nil
}

// reviveSubject begins one subject anew. One of which only the id is left gets a new data key and its document. The
// condition fails if the worker has deleted the subject, or another request has revived it, since it was read.
func (s *Store) reviveSubject(ctx context.Context, tx *sqlx.Tx, w *wantedSubject, now time.Time) error {
	const live = "UPDATE subjects SET erased_at = 0, created_at = ?, seen_at = ? WHERE id = ? AND erased_at = ?"
	args := []any{ms(now), ms(now), w.ID, w.erasedAt}
	if !w.isShell() {
		err := exactlyOne(tx.ExecContext(ctx, live+" AND LENGTH(document_cipher) > 0", args...))
		return reviving(err, "subject")
	}
	err := exactlyOne(tx.ExecContext(ctx, live+" AND LENGTH(document_cipher) = 0", args...))
	if err != nil {
		return reviving(err, "subject")
	}
	if w.Key, err = s.newOwnerKey(ctx, tx, w.ID); err != nil {
		return err
	}
	return setDocument(ctx, tx, w.ID, w.Key, w.document)
}

// reviveAccount begins an erased account anew whose user signs in again.
func (s *Store) reviveAccount(ctx context.Context, tx *sqlx.Tx, owner ownedHash, n session.NewSession) error {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE accounts SET erased_at = 0, created_at = ? WHERE id = ? AND erased_at = ?",
		ms(n.Now), owner.ID, owner.ErasedAt))
	if err != nil {
		return reviving(err, "account")
	}
	if err = dropKey(ctx, tx, owner.ID); err != nil {
		return err
	}
	key, err := s.newOwnerKey(ctx, tx, owner.ID)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(accountAAD(owner.ID), []byte(n.User.Reveal()))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE accounts SET user_cipher = ? WHERE id = ?", sealed, owner.ID)
	return reviving(err, "account")
}

func reviving(err error, what string) error {
	if err != nil {
		return fmt.Errorf("reviving a %s: %w", what, lost(err))
	}
	return nil
}
