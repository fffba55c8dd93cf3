package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ policy.SwitchStore = (*Store)(nil)

type switchRow struct {
	Check     string `db:"check_kind"`
	Provider  string `db:"provider"`
	State     string `db:"state"`
	Texts     []byte `db:"texts"`
	Until     int64  `db:"until"`
	Version   int64  `db:"version"`
	ChangedAt int64  `db:"changed_at"`
	ChangedBy []byte `db:"changed_by"`
}

const switchColumns = "check_kind, provider, state, texts, until, version, changed_at, changed_by"

// Switches implements [policy.SwitchStore].
func (s *Store) Switches(ctx context.Context) ([]policy.Switch, error) {
	return s.switches(ctx, "SELECT "+switchColumns+" FROM switches ORDER BY check_kind, provider")
}

// SwitchHistory implements [policy.SwitchStore].
func (s *Store) SwitchHistory(ctx context.Context, limit int) ([]policy.Switch, error) {
	return s.switches(ctx, "SELECT "+switchColumns+` FROM switch_changes
		ORDER BY changed_at DESC, check_kind, provider, version DESC LIMIT ?`, limit)
}

func (s *Store) switches(ctx context.Context, query string, args ...any) ([]policy.Switch, error) {
	var rows []switchRow
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("reading switches: %w", err)
	}
	all := make([]policy.Switch, len(rows))
	for i, row := range rows {
		all[i] = policy.Switch{
			Check: policy.CheckKind(row.Check), Provider: row.Provider, State: policy.SwitchState(row.State),
			Until: fromMs(row.Until), Version: row.Version, ChangedAt: fromMs(row.ChangedAt), ChangedBy: string(row.ChangedBy),
		}
		if err := json.Unmarshal(row.Texts, &all[i].Text); err != nil {
			return nil, fmt.Errorf("reading the text of a switch: %w", err)
		}
	}
	return all, nil
}

// PutSwitch implements [policy.SwitchStore].
func (s *Store) PutSwitch(ctx context.Context, sw policy.Switch) error {
	texts, err := json.Marshal(sw.Text)
	if err != nil {
		return fmt.Errorf("encoding the text of a switch: %w", err)
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error {
		failed := putSwitch(ctx, tx, sw, texts)
		if failed == nil {
			_, failed = tx.ExecContext(ctx, "INSERT INTO switch_changes ("+switchColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				sw.Check, sw.Provider, sw.State, texts, ms(sw.Until), sw.Version+1, ms(sw.ChangedAt), []byte(sw.ChangedBy))
		}
		return failed
	})
	if err != nil {
		return fmt.Errorf("setting a switch: %w", err)
	}
	return nil
}

func putSwitch(ctx context.Context, tx *sqlx.Tx, sw policy.Switch, texts []byte) error {
	if sw.Version == 0 {
		_, err := tx.ExecContext(ctx, "INSERT INTO switches ("+switchColumns+") VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
			sw.Check, sw.Provider, sw.State, texts, ms(sw.Until), ms(sw.ChangedAt), []byte(sw.ChangedBy))
		if isDuplicate(err) {
			return verification.ErrConflict
		}
		return err
	}
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE switches SET state = ?, texts = ?, until = ?, version = version + 1,
		changed_at = ?, changed_by = ? WHERE check_kind = ? AND provider = ? AND version = ?`,
		sw.State, texts, ms(sw.Until), ms(sw.ChangedAt), []byte(sw.ChangedBy), sw.Check, sw.Provider, sw.Version))
	if errors.Is(err, errNotOne) {
		return verification.ErrConflict
	}
	return err
}
