package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/rights"
)

var _ rights.ActivityStore = (*Store)(nil)

const (
	listTried = `SELECT v.id, v.channel, v.purpose, v.account_id = g.account_id AS mine, v.state, v.created_at, v.passed_at
		FROM grants g JOIN verifications v ON v.subject_id = g.subject_id WHERE ` + liveGrant + ` ORDER BY v.created_at DESC, v.id LIMIT ?`
	listTriedChecks = `SELECT c.verification_id, c.kind, c.state FROM grants g JOIN verifications v ON v.subject_id = g.subject_id
		JOIN checks c ON c.verification_id = v.id WHERE ` + liveGrant + ` AND v.id IN (?) ORDER BY c.verification_id, c.position`
	listNamed = `SELECT t.id, t.case_row, t.registry_id, t.state, t.opened_at, t.answered_at, t.headline_cipher, d.wrapped, r.state AS reported
		FROM grants g JOIN todos t ON t.subject_id = g.subject_id LEFT JOIN data_keys d ON d.owner_id = t.case_row
		LEFT JOIN confirmations c ON c.todo_id = t.id LEFT JOIN impersonation_reports r ON r.confirmation_id = c.id
		WHERE ` + liveGrant + ` ORDER BY t.opened_at DESC, t.id LIMIT ?`
	listOwnFreezes = "SELECT " + freezeColumns + ` FROM grants g JOIN freezes f ON f.subject_id = g.subject_id WHERE ` + liveGrant + `
		ORDER BY f.placed_at DESC, f.id LIMIT ?`
)

// Activity implements [rights.ActivityStore].
func (s *Store) Activity(ctx context.Context, v rights.Viewer, now time.Time, limit int) (rights.Activity, error) {
	var a rights.Activity
	name, err := s.viewerName(ctx, v, now)
	if err != nil {
		return a, err
	}
	args := append(viewerArgs(v, now), limit)
	if a.Tried, err = s.tried(ctx, v, now, args); err != nil {
		return a, err
	}
	if a.Named, err = s.named(ctx, name, args); err != nil {
		return a, err
	}
	var rows []freezeRow
	if err = s.read.SelectContext(ctx, &rows, listOwnFreezes, args...); err != nil {
		return a, fmt.Errorf("listing freezes: %w", err)
	}
	a.Freezes, err = s.openFreezes(ctx, rows)
	return a, err
}

// tried returns the verifications under the viewer's number, without anything that strangers typed or that names them.
func (s *Store) tried(ctx context.Context, v rights.Viewer, now time.Time, args []any) ([]rights.Tried, error) {
	var rows []struct {
		ID        string `db:"id"`
		Channel   string `db:"channel"`
		Purpose   string `db:"purpose"`
		Mine      bool   `db:"mine"`
		State     string `db:"state"`
		CreatedAt int64  `db:"created_at"`
		PassedAt  int64  `db:"passed_at"`
	}
	if err := s.read.SelectContext(ctx, &rows, listTried, args...); err != nil {
		return nil, fmt.Errorf("listing verifications: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	ids, found, at := make([]string, len(rows)), make([]rights.Tried, len(rows)), make(map[string]int, len(rows))
	for i, r := range rows {
		found[i] = rights.Tried{Channel: r.Channel, Purpose: r.Purpose, Mine: r.Mine, State: r.State, StartedAt: fromMs(r.CreatedAt), PassedAt: fromMs(r.PassedAt)}
		ids[i], at[r.ID] = r.ID, i
	}
	query, checkArgs, err := in(listTriedChecks, append(viewerArgs(v, now), ids)...)
	if err != nil {
		return nil, err
	}
	var checks []struct {
		VerificationID string `db:"verification_id"`
		Kind           string `db:"kind"`
		State          string `db:"state"`
	}
	if err = s.read.SelectContext(ctx, &checks, query, checkArgs...); err != nil {
		return nil, fmt.Errorf("listing checks: %w", err)
	}
	for _, c := range checks {
		of := &found[at[c.VerificationID]]
		of.Checks = append(of.Checks, rights.TriedCheck{Kind: c.Kind, State: c.State})
	}
	return found, nil
}

// named returns the todos under the viewer's number. Of one that names somebody else only that is returned (R8).
func (s *Store) named(ctx context.Context, name identity.Name, args []any) ([]rights.Named, error) {
	var rows []struct {
		ID         string  `db:"id"`
		CaseRow    string  `db:"case_row"`
		RegistryID string  `db:"registry_id"`
		State      string  `db:"state"`
		OpenedAt   int64   `db:"opened_at"`
		AnsweredAt int64   `db:"answered_at"`
		Headline   []byte  `db:"headline_cipher"`
		Wrapped    []byte  `db:"wrapped"`
		Reported   *string `db:"reported"`
	}
	if err := s.read.SelectContext(ctx, &rows, listNamed, args...); err != nil {
		return nil, fmt.Errorf("listing cases: %w", err)
	}
	found := make([]rights.Named, len(rows))
	for i, r := range rows {
		n := rights.Named{RegistryID: r.RegistryID, State: r.State, OpenedAt: fromMs(r.OpenedAt), AnsweredAt: fromMs(r.AnsweredAt)}
		if r.Reported != nil {
			n.Reported = *r.Reported
		}
		if err := s.openNamed(&n, name, namedTodo{r.ID, r.CaseRow, r.Headline, r.Wrapped}); err != nil {
			return nil, err
		}
		found[i] = n
	}
	return found, nil
}

// namedTodo is what is encrypted of a todo, and where its key is.
type namedTodo struct {
	id, caseRow       string
	headline, wrapped []byte
}

// openNamed fills in what a todo says about the viewer. An erased todo says nothing.
func (s *Store) openNamed(n *rights.Named, viewer identity.Name, t namedTodo) error {
	if len(t.headline) == 0 || len(t.wrapped) == 0 {
		return nil
	}
	key, err := s.unwrap(t.caseRow, t.wrapped)
	if err != nil {
		return err
	}
	spelling, h, err := openHeadline(key, t.id, t.headline)
	if err != nil {
		return err
	}
	signer, err := identity.ParseName(spelling)
	if err != nil {
		return fmt.Errorf("reading the name of a signer: %w", err)
	}
	if n.OtherName = !signer.Equal(viewer); n.OtherName {
		n.State, n.AnsweredAt, n.Reported = "", time.Time{}, ""
		return nil
	}
	n.TodoID, n.EnterpriseName, n.Role = t.id, h.EnterpriseName, h.Role
	return nil
}
