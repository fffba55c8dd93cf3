package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/window"
)

func photoAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "visit_photos", Column: "picture_cipher", Row: id}
}

// putPhotos stores the photos of a document under the person's key, so that they go with the erasure. Their time begins when that
// of the visit is over, or when it ends.
func (s *Store) putPhotos(ctx context.Context, tx *sqlx.Tx, person subject, v visitState, photos []window.Photo) error {
	for _, p := range photos {
		id, err := s.newID("vph_")
		if err != nil {
			return err
		}
		cipher, err := person.Key.Seal(photoAAD(id), p.Content)
		if err != nil {
			return err
		}
		err = insertRows(ctx, tx, "INSERT INTO visit_photos (id, visit_id, subject_id, case_row, side, picture_cipher, kept_from)",
			[][]any{{id, v.ID, v.SubjectID, v.CaseRow, string(p.Side), cipher, v.ExpiresAt}})
		if err != nil {
			return fmt.Errorf("storing the photo of a document: %w", err)
		}
	}
	return nil
}

// dropPhotosOf deletes the photos of a visit whose document is to be seen again.
func dropPhotosOf(ctx context.Context, tx *sqlx.Tx, visitID string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM visit_photos WHERE visit_id = ?", visitID); err != nil {
		return fmt.Errorf("deleting the photos of a visit: %w", err)
	}
	return nil
}

// endPhotosOf begins the time of the photos of a visit that ends.
func endPhotosOf(ctx context.Context, tx *sqlx.Tx, visitID string, endedAt int64) error {
	if _, err := tx.ExecContext(ctx, "UPDATE visit_photos SET kept_from = ? WHERE visit_id = ?", endedAt, visitID); err != nil {
		return fmt.Errorf("ending the photos of a visit: %w", err)
	}
	return nil
}

// VisitPhoto implements [window.VisitStore]. The access was recorded when the evidence was shown.
func (s *Store) VisitPhoto(ctx context.Context, a window.Act, side window.Side) ([]byte, error) {
	v, err := s.readVisit(ctx, s.read, a.Member.Office, a.VisitID)
	if err == nil {
		err = s.mayLook(ctx, v, a)
	}
	var evidence window.Evidence
	if err == nil {
		evidence, err = s.evidenceFor(ctx, s.read, a.Member, v)
	}
	var content []byte
	if err == nil {
		content, err = s.openPhoto(ctx, s.read, v, evidence, side)
	}
	return content, visited("reading the photo of a document", err)
}

// wasDisputed is whether the document of a visit was shown to a member for a dispute at or after a time.
const wasDisputed = `EXISTS (SELECT 1 FROM staff_accesses l WHERE l.reference = ? AND l.member_id = ? AND l.purpose = 'dispute' AND l.shown = 'document' AND l.at >= ?)`

// mayLook returns nil if the evidence of a visit was shown to the member: to approve it, or lately for a dispute.
func (s *Store) mayLook(ctx context.Context, v visitState, a window.Act) error {
	var shown bool
	var err error
	switch state := v.visit().At(a.Now).State; {
	case v.SubjectID == "":
		return window.ErrState
	case state == window.Waiting:
		err = s.read.GetContext(ctx, &shown, "SELECT "+wasShown, v.SubjectID, v.VerifiedAt, a.Member.ID, v.ID)
	default:
		err = s.read.GetContext(ctx, &shown, "SELECT "+wasDisputed, v.ID, a.Member.ID, ms(a.Now.Add(-window.PhotoTime)))
	}
	if err == nil && !shown {
		err = window.ErrNotShown
	}
	return err
}

// demandPhotos returns ErrPhoto unless each photo is there that the evidence of a visit names, and those that the rules demand.
func (s *Store) demandPhotos(ctx context.Context, q querier, v visitState, evidence window.Evidence, rules window.PhotoRules) error {
	for _, side := range rules.Demanded(v.Office, v.Reason, v.Minor == 1) {
		if !slices.ContainsFunc(evidence.Photos, func(p window.Photo) bool { return p.Side == side }) {
			return window.ErrPhoto
		}
	}
	for _, p := range evidence.Photos {
		_, err := s.openPhoto(ctx, q, v, evidence, p.Side)
		if altered(err) || errors.Is(err, window.ErrNotFound) {
			return window.ErrPhoto
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openPhoto returns a photo that the evidence of the visit names. It reports one that somebody changed or exchanged: AlteredError.
func (s *Store) openPhoto(ctx context.Context, q querier, v visitState, evidence window.Evidence, side window.Side) ([]byte, error) {
	var row struct {
		ID      string `db:"id"`
		Cipher  []byte `db:"picture_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := q.GetContext(ctx, &row, `SELECT p.id, p.picture_cipher, k.wrapped FROM visit_photos p JOIN data_keys k ON k.owner_id = p.subject_id
		WHERE p.visit_id = ? AND p.side = ? AND p.subject_id = ?`, v.ID, string(side), v.SubjectID)
	if noRow(err) {
		return nil, window.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	key, err := s.unwrap(v.SubjectID, row.Wrapped)
	if err != nil {
		return nil, err
	}
	content, err := key.Open(photoAAD(row.ID), row.Cipher)
	digest := sha256.Sum256(content)
	if err != nil || !slices.ContainsFunc(evidence.Photos, func(p window.Photo) bool { return p.Side == side && p.SHA256 == hex.EncodeToString(digest[:]) }) {
		found := AlteredError{"visit_photos", row.ID}
		s.report(found)
		return nil, &found
	}
	return content, nil
}
