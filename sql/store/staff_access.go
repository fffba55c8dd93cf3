package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/staff"
)

var _ rights.RevealStore = (*Store)(nil)

// revealRow is one reveal of personal data to a member.
type revealRow struct {
	ID        string `db:"id"`
	SubjectID string `db:"subject_id"`
	MemberID  string `db:"member_id"`
	Role      string `db:"role"`
	Office    string `db:"office"`
	Purpose   string `db:"purpose"`
	Shown     string `db:"shown"`
	Reference string `db:"reference"`
	At        int64  `db:"at"`
	Tag       rowTag `db:"tag"`
}

const revealColumns = "id, subject_id, member_id, role, office, purpose, shown, reference, at, tag"

func (r revealRow) place() AlteredError { return AlteredError{"staff_accesses", r.ID} }

func (r revealRow) stored() []byte { return r.Tag }

func (r revealRow) content() keyring.TagContent {
	return keyring.NewTagContent("staff_accesses").
		Text(r.ID, r.SubjectID, r.MemberID, r.Role, r.Office, r.Purpose, r.Shown, r.Reference).Number(r.At)
}

// recordAccess stores a reveal before what is revealed is decrypted, in the same transaction. The person must exist and must
// not be the member. Without a person, because nobody was verified, the reference alone says what was revealed.
// Errors: rights.ErrNotFound, rights.ErrOwn.
func (s *Store) recordAccess(ctx context.Context, tx *sqlx.Tx, a rights.StaffAccess) error {
	id, err := s.newID("sta_")
	if err != nil {
		return err
	}
	row := revealRow{
		ID: id, SubjectID: a.SubjectID, MemberID: a.Member.ID, Role: string(a.Role), Office: a.Member.Office,
		Purpose: string(a.Purpose), Shown: string(a.Shown), Reference: a.Reference, At: ms(a.At),
	}
	if row.SubjectID == "" {
		_, err = tx.ExecContext(ctx, "INSERT INTO staff_accesses ("+revealColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			row.ID, row.SubjectID, row.MemberID, row.Role, row.Office, row.Purpose, row.Shown, row.Reference, row.At, s.tag(row))
		return err
	}
	err = exactlyOne(tx.ExecContext(ctx, `INSERT INTO staff_accesses (`+revealColumns+`) SELECT ?, s.id, ?, ?, ?, ?, ?, ?, ?, ? FROM subjects s
		WHERE s.id = ? AND s.erased_at = 0 AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = s.id AND `+isOwnHash+")",
		row.ID, row.MemberID, row.Role, row.Office, row.Purpose, row.Shown, row.Reference, row.At, s.tag(row), row.SubjectID, ownHash(a.Member)))
	if !errors.Is(err, errNotOne) {
		return err
	}
	var own int
	if err = tx.GetContext(ctx, &own, "SELECT COUNT(*) FROM subject_keys o WHERE o.subject_id = ? AND "+isOwnHash, row.SubjectID, ownHash(a.Member)); err != nil {
		return err
	}
	if own > 0 {
		return rights.ErrOwn
	}
	return rights.ErrNotFound
}

// recordAccessOfErased is recordAccess for what stays of a person who was erased meanwhile, whom the row then does not name.
func (s *Store) recordAccessOfErased(ctx context.Context, tx *sqlx.Tx, a rights.StaffAccess) error {
	err := s.recordAccess(ctx, tx, a)
	if errors.Is(err, rights.ErrNotFound) {
		a.SubjectID = ""
		err = s.recordAccess(ctx, tx, a)
	}
	return err
}

// RevealCorrection implements [rights.RevealStore]. The person also sees when the request was read.
func (s *Store) RevealCorrection(ctx context.Context, a rights.StaffAccess) (rights.Correction, error) {
	var c rights.Correction
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row correctionRow
		err := tx.GetContext(ctx, &row, `SELECT `+correctionColumns+`, k.wrapped FROM corrections x JOIN data_keys k ON k.owner_id = x.subject_id
			WHERE x.id = ?`, a.Reference)
		if err != nil {
			return err
		}
		a.SubjectID, a.Shown = row.SubjectID, rights.ShownCorrection
		if err = s.recordAccess(ctx, tx, a); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE corrections SET read_at = ?, read_by = ? WHERE id = ?", ms(a.At), []byte(a.Member.ID), row.ID); err != nil {
			return err
		}
		row.ReadAt = ms(a.At)
		c, err = s.openCorrection(row)
		return err
	})
	return c, revealed(err)
}

// RevealDocument implements [rights.RevealStore].
func (s *Store) RevealDocument(ctx context.Context, a rights.StaffAccess) (identity.Document, error) {
	var d identity.Document
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row struct {
			ID      string `db:"id"`
			Cipher  []byte `db:"document_cipher"`
			Wrapped []byte `db:"wrapped"`
		}
		err := tx.GetContext(ctx, &row, `SELECT s.id, s.document_cipher, k.wrapped FROM subjects s JOIN data_keys k ON k.owner_id = s.id
			WHERE s.erased_at = 0 AND s.id IN (SELECT x.subject_id FROM corrections x WHERE x.id = ? UNION ALL
				SELECT h.owner_id FROM legal_holds h WHERE h.id = ? AND h.kind = 'subject')`, a.Reference, a.Reference)
		if err != nil {
			return err
		}
		a.SubjectID, a.Shown = row.ID, rights.ShownDocument
		if err = s.recordAccess(ctx, tx, a); err != nil {
			return err
		}
		key, err := s.unwrap(row.ID, row.Wrapped)
		if err != nil {
			return err
		}
		d, err = openDocument(key, subjectAAD(row.ID), row.Cipher)
		return err
	})
	return d, revealed(err)
}

// revealed wraps an error of a reveal. An absent row becomes rights.ErrNotFound.
func revealed(err error) error {
	if err == nil {
		return nil
	}
	if noRow(err) {
		err = rights.ErrNotFound
	}
	return fmt.Errorf("revealing to a member: %w", err)
}

// StaffAccesses implements [rights.RevealStore]. A row that was altered is an error.
func (s *Store) StaffAccesses(ctx context.Context, after rights.AccessPosition, limit int) ([]rights.StaffAccess, error) {
	var rows []revealRow
	at := ms(after.At)
	err := s.read.SelectContext(ctx, &rows, "SELECT "+revealColumns+` FROM staff_accesses WHERE at <= ? AND (at < ? OR id < ?)
		ORDER BY at DESC, id DESC LIMIT ?`, at, at, after.ID, limit)
	if err != nil {
		return nil, fmt.Errorf("listing reveals: %w", err)
	}
	found := make([]rights.StaffAccess, len(rows))
	for i, row := range rows {
		if err = s.verify(ctx, s.read, row); err != nil {
			return nil, fmt.Errorf("listing reveals: %w", err)
		}
		found[i] = row.access()
	}
	return found, nil
}

// ofReveals has what was revealed about a person as y: by the person, and by their appeals that are about no verification.
const (
	ofReveals       = ` FROM grants g JOIN staff_accesses y ON y.subject_id = g.subject_id WHERE ` + liveGrant
	ofAppealReveals = ` FROM` + ownAppeals + `JOIN staff_accesses y ON y.reference = x.id AND y.subject_id = '' WHERE ` + liveGrant
)

// Reveals implements [rights.PersonStore].
func (s *Store) Reveals(ctx context.Context, v rights.Viewer, now time.Time, limit int) ([]rights.StaffAccess, error) {
	var rows []revealRow
	err := s.read.SelectContext(ctx, &rows, "SELECT "+revealColumns+" FROM (SELECT y.*"+ofReveals+" UNION ALL SELECT y.*"+ofAppealReveals+") z ORDER BY at DESC, id LIMIT ?",
		slices.Concat(viewerArgs(v, now), viewerArgs(v, now), []any{limit})...)
	if err != nil {
		return nil, fmt.Errorf("listing reveals: %w", err)
	}
	found := make([]rights.StaffAccess, len(rows))
	for i, row := range rows {
		found[i] = row.access()
	}
	return found, nil
}

func (r revealRow) access() rights.StaffAccess {
	return rights.StaffAccess{
		ID: r.ID, SubjectID: r.SubjectID, Member: staff.Member{ID: r.MemberID, Office: r.Office}, Role: staff.Role(r.Role),
		Purpose: staff.Purpose(r.Purpose), Shown: rights.Shown(r.Shown), Reference: r.Reference, At: fromMs(r.At),
	}
}
