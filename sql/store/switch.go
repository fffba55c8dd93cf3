package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
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
	Tag       rowTag `db:"tag"`
}

const switchColumns = "check_kind, provider, state, texts, until, version, changed_at, changed_by"

func (r switchRow) place() AlteredError { return AlteredError{"switches", r.Check + "|" + r.Provider} }

func (r switchRow) stored() []byte { return r.Tag }

func (r switchRow) content() keyring.TagContent {
	return keyring.NewTagContent("switches").Text(r.Check, r.Provider, r.State, string(r.Texts)).
		Number(r.Until, r.Version, r.ChangedAt).Text(string(r.ChangedBy))
}

// Switches implements [policy.SwitchStore].
func (s *Store) Switches(ctx context.Context) ([]policy.Switch, error) {
	rows, err := s.switchRows(ctx, "SELECT "+switchColumns+", tag FROM switches ORDER BY check_kind, provider")
	for _, row := range rows {
		if err == nil {
			err = s.verify(ctx, s.read, row)
		}
	}
	if err != nil {
		return nil, err
	}
	return switchesOf(rows)
}

// SwitchHistory implements [policy.SwitchStore].
func (s *Store) SwitchHistory(ctx context.Context, limit int) ([]policy.Switch, error) {
	rows, err := s.switchRows(ctx, "SELECT "+switchColumns+` FROM switch_changes
		ORDER BY changed_at DESC, check_kind, provider, version DESC LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	return switchesOf(rows)
}

func (s *Store) switchRows(ctx context.Context, query string, args ...any) ([]switchRow, error) {
	var rows []switchRow
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("reading switches: %w", err)
	}
	return rows, nil
}

func switchesOf(rows []switchRow) ([]policy.Switch, error) {
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
	row := switchRow{
		Check: string(sw.Check), Provider: sw.Provider, State: string(sw.State), Texts: texts, Until: ms(sw.Until),
		Version: sw.Version + 1, ChangedAt: ms(sw.ChangedAt), ChangedBy: []byte(sw.ChangedBy),
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error {
		failed := s.putSwitch(ctx, tx, row)
		if failed == nil {
			_, failed = tx.ExecContext(ctx, "INSERT INTO switch_changes ("+switchColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				row.Check, row.Provider, row.State, row.Texts, row.Until, row.Version, row.ChangedAt, row.ChangedBy)
		}
		return failed
	})
	if err != nil {
		return fmt.Errorf("setting a switch: %w", err)
	}
	return nil
}

// putSwitch inserts the first version of a switch, or replaces the version before row's.
func (s *Store) putSwitch(ctx context.Context, tx *sqlx.Tx, row switchRow) error {
	if row.Version == 1 {
		_, err := tx.ExecContext(ctx, "INSERT INTO switches ("+switchColumns+", tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			row.Check, row.Provider, row.State, row.Texts, row.Until, row.Version, row.ChangedAt, row.ChangedBy, s.tag(row))
		if isDuplicate(err) {
			return verification.ErrConflict
		}
		return err
	}
	var old switchRow
	err := tx.GetContext(ctx, &old, "SELECT "+switchColumns+", tag FROM switches WHERE check_kind = ? AND provider = ?", row.Check, row.Provider)
	if noRow(err) {
		return verification.ErrConflict
	}
	if err == nil {
		err = s.verify(ctx, tx, old)
	}
	if err != nil {
		return err
	}
	err = exactlyOne(tx.ExecContext(ctx, `UPDATE switches SET state = ?, texts = ?, until = ?, version = ?, changed_at = ?, changed_by = ?, tag = ?
		WHERE check_kind = ? AND provider = ? AND version = ? AND tag = ?`,
		row.State, row.Texts, row.Until, row.Version, row.ChangedAt, row.ChangedBy, s.tagAfter(old, row),
		row.Check, row.Provider, row.Version-1, old.Tag))
	if errors.Is(err, errNotOne) {
		return verification.ErrConflict
	}
	return err
}
