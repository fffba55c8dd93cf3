package store

import (
	"context"

	"renzheng/keyring"
	"renzheng/rights"
)

// freezeRow is a row of freezes.
type freezeRow struct {
	ID             string `db:"id"`
	SubjectID      string `db:"subject_id"`
	AccountID      string `db:"account_id"`
	PlacedAt       int64  `db:"placed_at"`
	LiftedAt       int64  `db:"lifted_at"`
	VerificationID string `db:"verification_id"`
	Tag            rowTag `db:"tag"`
}

const freezeColumns = "f.id, f.subject_id, f.account_id, f.placed_at, f.lifted_at, f.verification_id, f.tag"

func (r freezeRow) place() AlteredError { return AlteredError{"freezes", r.ID} }

func (r freezeRow) stored() []byte { return r.Tag }

func (r freezeRow) content() keyring.TagContent {
	return keyring.NewTagContent("freezes").Text(r.ID, r.SubjectID, r.AccountID).Number(r.PlacedAt, r.LiftedAt).Text(r.VerificationID)
}

func (r freezeRow) freeze() rights.Freeze {
	return rights.Freeze{ID: r.ID, PlacedAt: fromMs(r.PlacedAt), LiftedAt: fromMs(r.LiftedAt)}
}

// openFreezes verifies freezes and returns them as the rules name them.
func (s *Store) openFreezes(ctx context.Context, rows []freezeRow) ([]rights.Freeze, error) {
	freezes := make([]rights.Freeze, len(rows))
	for i, row := range rows {
		if err := s.verify(ctx, s.read, row); err != nil {
			return nil, err
		}
		freezes[i] = row.freeze()
	}
	return freezes, nil
}
