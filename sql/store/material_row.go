package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
	"renzheng/material"
)

// materialRow is a row of appeal_materials without what only workers and claims read. Its parts authenticate themselves, for it.
type materialRow struct {
	ID           string `db:"id"`
	AppealID     string `db:"appeal_id"`
	AccountID    string `db:"account_id"`
	SubjectID    string `db:"subject_id"`
	Item         string `db:"item"`
	Kind         string `db:"kind"`
	State        string `db:"state"`
	Reason       string `db:"reason"`
	Bytes        int64  `db:"bytes"`
	Parts        int64  `db:"parts"`
	CopyID       string `db:"copy_id"`
	MediaType    string `db:"media_type"`
	Width        int64  `db:"width"`
	Height       int64  `db:"height"`
	Milliseconds int64  `db:"milliseconds"`
	CreatedAt    int64  `db:"created_at"`
	Tag          rowTag `db:"tag"`
}

const materialColumns = `m.id, m.appeal_id, m.account_id, m.subject_id, m.item, m.kind, m.state, m.reason, m.bytes, m.parts, m.copy_id, m.media_type,
	m.width, m.height, m.milliseconds, m.created_at, m.tag`

func (r materialRow) place() AlteredError { return AlteredError{"appeal_materials", r.ID} }

func (r materialRow) stored() []byte { return r.Tag }

func (r materialRow) content() keyring.TagContent {
	return keyring.NewTagContent("appeal_materials").Text(r.ID, r.AppealID, r.AccountID, r.SubjectID, r.Item, r.Kind, r.State, r.Reason).
		Number(r.Bytes, r.Parts).Text(r.CopyID, r.MediaType).Number(r.Width, r.Height, r.Milliseconds, r.CreatedAt)
}

func (r materialRow) material() appeal.Material {
	return appeal.Material{
		ID: r.ID, AppealID: r.AppealID, Item: r.Item, Kind: material.Kind(r.Kind), State: appeal.MaterialState(r.State), Reason: material.Reason(r.Reason),
		Bytes: r.Bytes, Parts: int(r.Parts), CopyID: r.CopyID, CreatedAt: fromMs(r.CreatedAt),
		Info: material.Info{MediaType: r.MediaType, Width: int(r.Width), Height: int(r.Height), Milliseconds: r.Milliseconds},
	}
}

// changeMaterial changes a material that it locks until the transaction ends, verifies it before, and updates its tag. The material may be
// absent, for change to report.
func (s *Store) changeMaterial(ctx context.Context, tx *sqlx.Tx, id string, change func() error) error {
	n, err := rowsMatched(tx.ExecContext(ctx, "UPDATE appeal_materials SET turn = turn WHERE id = ?", id))
	if err != nil {
		return fmt.Errorf("holding material: %w", err)
	}
	if n == 0 {
		return change()
	}
	old, err := heldMaterial(ctx, tx, id)
	if err == nil {
		err = s.verify(ctx, tx, old)
	}
	if err == nil {
		err = change()
	}
	if err != nil {
		return err
	}
	next, err := heldMaterial(ctx, tx, id)
	if err == nil {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE appeal_materials SET tag = ? WHERE id = ? AND tag = ?", rowTag(s.tagAfter(old, next)), id, old.Tag))
	}
	if err != nil {
		return fmt.Errorf("tagging material: %w", err)
	}
	return nil
}

// heldMaterial reads a material that the transaction has locked.
func heldMaterial(ctx context.Context, tx *sqlx.Tx, id string) (materialRow, error) {
	var row materialRow
	err := tx.GetContext(ctx, &row, "SELECT "+materialColumns+" FROM appeal_materials m WHERE m.id = ?", id)
	if err != nil {
		return row, fmt.Errorf("reading held material: %w", err)
	}
	return row, nil
}

// materialsOf returns the materials of an appeal whose tags fit. The others are reported, and nobody is shown them.
func (s *Store) materialsOf(ctx context.Context, q querier, appealID string) ([]appeal.Material, error) {
	var rows []materialRow
	err := q.SelectContext(ctx, &rows, "SELECT "+materialColumns+" FROM appeal_materials m WHERE m.appeal_id = ? ORDER BY m.created_at, m.id", appealID)
	if err != nil {
		return nil, fmt.Errorf("reading the materials of an appeal: %w", err)
	}
	materials := make([]appeal.Material, 0, len(rows))
	for _, row := range rows {
		if err = s.verify(ctx, q, row); altered(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m := row.material()
		if unfinished(m) {
			if m.Received, err = receivedOf(ctx, q, row.ID); err != nil {
				return nil, err
			}
		}
		materials = append(materials, m)
	}
	return materials, nil
}
