package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ todo.InvitationStore = (*Store)(nil)

// PutInvitation implements [todo.InvitationStore]. A token and a code are one row each.
func (s *Store) PutInvitation(ctx context.Context, t todo.Todo, i todo.Invitation, now time.Time) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM invitations WHERE todo_id = ?", t.ID); err != nil {
			return fmt.Errorf("ending an invitation: %w", err)
		}
		for _, secret := range []identity.Secret{i.Token, i.Code} {
			err := exactlyOne(tx.ExecContext(ctx, `INSERT INTO invitations (todo_id, hash, expires_at)
				SELECT t.id, ?, t.expires_at FROM todos t WHERE t.id = ? AND t.registry_id = ? AND t.state = 'open' AND t.expires_at > ?`,
				[]byte(s.invitationHashes(secret)[0]), t.ID, t.RegistryID, ms(now)))
			if err != nil {
				return conflicting(raced(err), "inserting an invitation")
			}
		}
		return nil
	})
}

// invitationHashes returns the hash under each look-up key, the newest key's first.
func (s *Store) invitationHashes(secret identity.Secret) []keyring.Hash {
	return s.ring.Hashes(keyring.ForInvitation, todo.NormalizeInvitation(secret.Reveal()).Reveal())
}

const invitedTodo = `SELECT ` + todoHead + `, d.wrapped
	FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN invitations i ON i.todo_id = t.id
	JOIN data_keys d ON d.owner_id = t.case_row
	WHERE ` + liveGrant + ` AND i.hash IN (?) AND t.state = 'open' AND t.expires_at > ? ORDER BY t.id LIMIT 1`

// InvitedTodo implements [todo.InvitationStore].
func (s *Store) InvitedTodo(ctx context.Context, v todo.Viewer, secret identity.Secret, now time.Time) (todo.Todo, error) {
	query, args, err := in(invitedTodo, append(grantArgs(v, now), plainHashes(s.invitationHashes(secret)), ms(now))...)
	if err != nil {
		return todo.Todo{}, err
	}
	var row todoRow
	err = s.read.GetContext(ctx, &row, query, args...)
	if noRow(err) {
		return todo.Todo{}, todo.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.todoState)
	}
	if err != nil {
		return todo.Todo{}, fmt.Errorf("reading an invited todo: %w", err)
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return todo.Todo{}, err
	}
	return row.open(key)
}

func lookupScope(accountID string) string { return "invitations|" + accountID }

// ReserveLookup implements [todo.InvitationStore].
func (s *Store) ReserveLookup(ctx context.Context, accountID string, limit int, length time.Duration, now time.Time) (time.Time, error) {
	var w budgetState
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var err error
		w, err = reserve(ctx, tx, policy.Quota{Limit: limit, Window: length}, lookupScope(accountID), now)
		return err
	})
	if errors.As(err, new(*verification.ExhaustedError)) {
		return time.Time{}, todo.ErrTooMany
	}
	return fromMs(w.EndsAt), err
}

// ReleaseLookup implements [todo.InvitationStore].
func (s *Store) ReleaseLookup(ctx context.Context, accountID string, endsAt time.Time) error {
	_, err := s.exec(ctx, giveBack, lookupScope(accountID), ms(endsAt))
	return err
}
