package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
)

// subject is a natural person with the data key of everything about them.
type subject struct {
	ID     string
	Key    keyring.DataKey
	Frozen bool // the person has frozen their number
}

// findOrCreateSubject returns the subject of a document, by type and number (R1). Two replicas that create it at once
// end with one: the slower one's transaction is repeated and finds it.
func (s *Store) findOrCreateSubject(ctx context.Context, tx *sqlx.Tx, d identity.Document, now time.Time) (subject, error) {
	persons, err := s.findOrCreateSubjects(ctx, tx, []identity.Document{d}, now)
	if err != nil {
		return subject{}, err
	}
	return persons[0], nil
}

// findOrCreateSubjects is [Store.findOrCreateSubject] for many documents, several of which may belong to one person. It
// takes as many statements for two hundred persons as for one. It inserts in the order of hashes, so that two calls with
// the same persons cannot deadlock.
func (s *Store) findOrCreateSubjects(ctx context.Context, tx *sqlx.Tx, documents []identity.Document, now time.Time) ([]subject, error) {
	wanted := make(map[string]*wantedSubject, len(documents)) // by the newest hash
	hashes := make([][][]byte, len(documents))
	for i, d := range documents {
		hashes[i] = s.subjectHashes(d)
		if newest := string(hashes[i][0]); wanted[newest] == nil {
			wanted[newest] = &wantedSubject{document: d, hashes: hashes[i]}
		}
	}
	inOrder := make([]*wantedSubject, 0, len(wanted))
	for _, w := range wanted {
		inOrder = append(inOrder, w)
	}
	slices.SortFunc(inOrder, func(a, b *wantedSubject) int { return bytes.Compare(a.hashes[0], b.hashes[0]) })
	if err := s.findSubjects(ctx, tx, inOrder); err != nil {
		return nil, err
	}
	if err := seeSubjects(ctx, tx, inOrder, now); err != nil {
		return nil, err
	}
	if err := s.reviveSubjects(ctx, tx, inOrder, now); err != nil {
		return nil, err
	}
	if err := s.createSubjects(ctx, tx, inOrder, now); err != nil {
		return nil, err
	}
	persons := make([]subject, len(documents))
	for i := range documents {
		persons[i] = wanted[string(hashes[i][0])].subject
	}
	return persons, nil
}

// wantedSubject is a subject that is searched by every hash of its document.
type wantedSubject struct {
	subject

	document identity.Document
	hashes   [][]byte
	found    []foundSubject
	erasedAt int64 // 0 unless the subject was erased and is wanted again
}

// isShell reports whether nothing but the id and the look-up hashes is left of an erased subject.
func (w *wantedSubject) isShell() bool { return w.erasedAt > 0 && len(w.found[0].Wrapped) == 0 }

// findSubjects fills in the subjects that have rows.
func (s *Store) findSubjects(ctx context.Context, tx *sqlx.Tx, wanted []*wantedSubject) error {
	owners := make(map[string]*wantedSubject, len(wanted)) // by each hash
	var all [][]byte
	for _, w := range wanted {
		for _, hash := range w.hashes {
			owners[string(hash)] = w
			all = append(all, hash)
		}
	}
	query, args, err := in(`SELECT k.hash, k.subject_id AS id, d.wrapped, s.erased_at, s.document_cipher, s.freeze_id FROM subject_keys k
		JOIN subjects s ON s.id = k.subject_id LEFT JOIN data_keys d ON d.owner_id = k.subject_id WHERE k.hash IN (?)`, all)
	if err != nil {
		return err
	}
	var found []foundSubject
	if err = tx.SelectContext(ctx, &found, query, args...); err != nil {
		return fmt.Errorf("finding subjects: %w", err)
	}
	for _, row := range found {
		w := owners[string(row.Hash)]
		w.found = append(w.found, row)
	}
	for _, w := range wanted {
		if len(w.found) == 0 {
			continue
		}
		w.ID, w.erasedAt, w.Frozen = w.found[0].ID, w.found[0].ErasedAt, w.found[0].FreezeID != ""
		if w.isShell() {
			continue
		}
		if w.Key, err = s.unwrap(w.ID, w.found[0].Wrapped); err != nil {
			return err
		}
		if err = s.verifySubject(w); err != nil {
			return err
		}
	}
	return nil
}

// verifySubject returns an AlteredError if a look-up hash leads to somebody else, whose document it is not. The document
// is encrypted for the row of its subject, so that it authenticates itself.
func (s *Store) verifySubject(w *wantedSubject) error {
	stored, err := openDocument(w.Key, subjectAAD(w.ID), w.found[0].Cipher)
	if err == nil && stored.Type == w.document.Type && stored.Number == w.document.Number {
		return nil
	}
	return s.misled("subject_keys", w.ID)
}

// seeSubjects marks the subjects that were found as seen, so that none of them is purged, erased, frozen or unfrozen meanwhile.
func seeSubjects(ctx context.Context, tx *sqlx.Tx, wanted []*wantedSubject, now time.Time) error {
	var ids, frozen []string
	for _, w := range wanted {
		switch {
		case len(w.found) == 0 || w.erasedAt > 0:
		case w.Frozen:
			frozen = append(frozen, w.ID)
		default:
			ids = append(ids, w.ID)
		}
	}
	err := seeAll(ctx, tx, "UPDATE subjects SET seen_at = ? WHERE id IN (?) AND erased_at = 0 AND freeze_id = ''", ids, now)
	if err == nil {
		err = seeAll(ctx, tx, "UPDATE subjects SET seen_at = ? WHERE id IN (?) AND erased_at = 0 AND freeze_id <> ''", frozen, now)
	}
	return err
}

func seeAll(ctx context.Context, tx *sqlx.Tx, update string, ids []string, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	query, args, err := in(update, ms(now), ids)
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("marking subjects: %w", err)
	}
	matched, err := result.RowsAffected()
	if err == nil && int(matched) != len(ids) {
		err = errRace // purged, erased or frozen meanwhile
	}
	return err
}

// createSubjects inserts the subjects that were not found, and adds the missing hashes of the others.
func (s *Store) createSubjects(ctx context.Context, tx *sqlx.Tx, wanted []*wantedSubject, now time.Time) error {
	var keys, rows, hashes [][]any
	for _, w := range wanted {
		if len(w.found) == 0 {
			key, row, err := s.newSubject(w, now)
			if err != nil {
				return err
			}
			keys, rows = append(keys, key), append(rows, row)
		}
		for _, hash := range missing(w.hashes, w.found...) {
			hashes = append(hashes, []any{hash, w.ID})
		}
	}
	if err := insertRows(ctx, tx, insertDataKeys, keys); err != nil {
		return fmt.Errorf("storing the data keys of subjects: %w", err)
	}
	if err := insertRows(ctx, tx, "INSERT INTO subjects (id, document_cipher, created_at, seen_at)", rows); err != nil {
		return fmt.Errorf("inserting subjects: %w", err)
	}
	if err := insertRows(ctx, tx, "INSERT INTO subject_keys (hash, subject_id)", hashes); err != nil {
		return fmt.Errorf("inserting look-up hashes of subjects: %w", raced(err))
	}
	return nil
}

// newSubject draws the id and the data key of a subject, and returns their rows.
func (s *Store) newSubject(w *wantedSubject, now time.Time) (key, row []any, err error) {
	if w.ID, err = s.newID("sub_"); err != nil {
		return nil, nil, err
	}
	if w.Key, key, err = s.drawOwnerKey(w.ID); err != nil {
		return nil, nil, err
	}
	sealed, err := sealDocument(w.Key, subjectAAD(w.ID), w.document)
	return key, []any{w.ID, sealed, ms(now), ms(now)}, err
}

func subjectAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "subjects", Column: "document_cipher", Row: id}
}

// subjectHashes returns the hashes of a document under every look-up key, newest first.
func (s *Store) subjectHashes(d identity.Document) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForSubject, string(d.Type), d.Number.Reveal()))
}
