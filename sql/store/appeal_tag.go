package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
)

// appealState is a row of appeals without what is sealed and what changes with every step.
type appealState struct {
	ID             string `db:"id"`
	AccountID      string `db:"account_id"`
	SubjectID      string `db:"subject_id"`
	VerificationID string `db:"verification_id"`
	Failure        string `db:"failure"`
	Seen           int64  `db:"seen"`
	OpenSlot       string `db:"open_slot"`
	State          string `db:"state"`
	Outcome        string `db:"outcome"`
	CreatedAt      int64  `db:"created_at"`
	SubmittedAt    int64  `db:"submitted_at"`
	DueAt          int64  `db:"due_at"`
	ProposedBy     string `db:"proposed_by"`
	ProposerHash   string `db:"proposer_hash"`
	DecidedBy      string `db:"decided_by"`
	DecidedAt      int64  `db:"decided_at"`
	Tag            rowTag `db:"tag"`
}

const appealStateColumns = `x.id, x.account_id, x.subject_id, x.verification_id, x.failure, x.seen, x.open_slot, x.state, x.outcome, x.created_at, x.submitted_at,
	x.due_at, x.proposed_by, x.proposer_hash, x.decided_by, x.decided_at, x.tag`

func (r appealState) place() AlteredError { return AlteredError{"appeals", r.ID} }

func (r appealState) stored() []byte { return r.Tag }

func (r appealState) content() keyring.TagContent {
	return keyring.NewTagContent("appeals").Text(r.ID, r.AccountID, r.SubjectID, r.VerificationID, r.Failure).Number(r.Seen).
		Text(r.OpenSlot, r.State, r.Outcome).Number(r.CreatedAt, r.SubmittedAt, r.DueAt).Text(r.ProposedBy, r.ProposerHash, r.DecidedBy).Number(r.DecidedAt)
}

// holdAppeal locks an appeal until the transaction ends, and returns it as it is, verified. Errors: appeal.ErrNotFound.
func (s *Store) holdAppeal(ctx context.Context, tx *sqlx.Tx, id string) (appealState, error) {
	var row appealState
	n, err := rowsMatched(tx.ExecContext(ctx, "UPDATE appeals SET turn = turn WHERE id = ?", id))
	if err == nil && n == 0 {
		return row, appeal.ErrNotFound
	}
	if err == nil {
		err = tx.GetContext(ctx, &row, "SELECT "+appealStateColumns+" FROM appeals x WHERE x.id = ?", id)
	}
	if err != nil {
		return row, fmt.Errorf("holding an appeal: %w", err)
	}
	return row, s.verify(ctx, tx, row)
}

// retagAppeal updates the tag of an appeal that the transaction has locked and changed.
func (s *Store) retagAppeal(ctx context.Context, tx *sqlx.Tx, old appealState) error {
	var next appealState
	err := tx.GetContext(ctx, &next, "SELECT "+appealStateColumns+" FROM appeals x WHERE x.id = ?", old.ID)
	if err == nil {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE appeals SET tag = ? WHERE id = ? AND tag = ?", rowTag(s.tagAfter(old, next)), old.ID, old.Tag))
	}
	if err != nil {
		return fmt.Errorf("tagging an appeal: %w", err)
	}
	return nil
}

// withoutAltered returns the appeals whose tags fit. The others are reported, and do not keep anybody from the rest.
func (s *Store) withoutAltered(ctx context.Context, rows []appealRow) ([]appeal.Appeal, error) {
	found := make([]appeal.Appeal, 0, len(rows))
	for _, row := range rows {
		switch err := s.verify(ctx, s.read, row.appealState); {
		case err == nil:
			found = append(found, row.facts())
		case !altered(err):
			return nil, err
		}
	}
	return found, nil
}

// decisionDigest commits to words of a reviewer as they are sealed, which is random each time: reason and ground of a decision, or why a
// proposal was sent back.
func decisionDigest(sealed ...[]byte) string {
	h := sha256.New()
	h.Write([]byte("renzheng appeal decision v1\n"))
	for _, part := range sealed {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
