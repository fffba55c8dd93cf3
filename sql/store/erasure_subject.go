package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
)

// eraseSubject erases everything of a person that has no ground to stay. What is left of the past moves to the subject
// e.KeptID, which has no look-up hash, so that nobody finds it by a document, and a key only for what a legal hold keeps at a window. Open todos keep the
// subject, so that the person can still answer them. So do used tries, see eraseAccount.
func (s *Store) eraseSubject(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) error {
	if err := s.endAll(ctx, tx, bySubject, e.SubjectID, now); err != nil {
		return err
	}
	if err := s.keepHeldVisits(ctx, tx, e, now); err != nil {
		return err
	}
	err := execAll(ctx, tx, []string{
		"DELETE FROM notification_messages WHERE todo_id IN (SELECT id FROM todos WHERE subject_id = ?)",
		"DELETE FROM notifications WHERE subject_id = ?",
		"DELETE FROM prefills WHERE remembered = 1 AND account_id IN (" + accountsThatRemember + ")",
		"DELETE FROM remembered_documents WHERE consent_id IN (SELECT id FROM consents WHERE subject_id = ?)",
		"DELETE FROM strokes_used WHERE subject_id = ?",
		dropCorrections, dropFreezes, dropBars, clearPapers, dropPhotos, dropVisits, dropEscalations,
		"UPDATE attempts SET call_cipher = NULL, card_last4_cipher = NULL WHERE verification_id IN (SELECT id FROM verifications WHERE subject_id = ?)",
	}, e.SubjectID)
	if err == nil {
		err = dropAppeals(ctx, tx, "subject_id = ?", e.SubjectID)
	}
	if err != nil {
		return fmt.Errorf("deleting the rows of a subject: %w", err)
	}
	if err = s.setPastAside(ctx, tx, e, now); err != nil {
		return err
	}
	if err = dropPortraitsOf(ctx, tx, e.SubjectID); err != nil {
		return err
	}
	return s.replaceSubjectKey(ctx, tx, e.SubjectID)
}

const accountsThatRemember = "SELECT r.account_id FROM remembered_documents r JOIN consents c ON c.id = r.consent_id WHERE c.subject_id = ?"

// setPastAside moves consents, todos that are not open, and their answers to the subject of what is kept. The portrait of
// an answer that its registry has not fetched yet stays with the answer.
func (s *Store) setPastAside(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE consents SET subject_id = ?, withdrawn_at = CASE WHEN withdrawn_at = 0 THEN ? ELSE withdrawn_at END WHERE subject_id = ?",
		e.KeptID, ms(now), e.SubjectID)
	if err != nil {
		return fmt.Errorf("setting consents aside: %w", err)
	}
	return s.moveTodos(ctx, tx, e, now)
}

// moveTodos moves the todos that are not open any more, with their answers and portraits.
func (s *Store) moveTodos(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) error {
	var ended []todoState
	err := tx.SelectContext(ctx, &ended, "SELECT "+todoColumns+" FROM todos t WHERE t.subject_id = ? AND t.state <> 'open'", e.SubjectID)
	if err != nil || len(ended) == 0 {
		return err
	}
	if err = insertKeptSubject(ctx, tx, e.KeptID, now); err != nil {
		return err
	}
	for batch := range slices.Chunk(ended, batchRows) {
		if err = s.moveBatch(ctx, tx, e, batch); err != nil {
			return fmt.Errorf("setting todos aside: %w", lost(err))
		}
	}
	for _, query := range []string{
		"UPDATE confirmations SET subject_id = ? WHERE subject_id = ?",
		`UPDATE portraits SET subject_id = ? WHERE subject_id = ? AND (delete_after = 0 OR EXISTS (` + heldPortrait + `))
			AND EXISTS (SELECT 1 FROM confirmations c WHERE c.verification_id = portraits.verification_id AND c.portrait_id = portraits.id)`,
	} {
		if _, err = tx.ExecContext(ctx, query, e.KeptID, e.SubjectID); err != nil {
			return fmt.Errorf("setting answers aside: %w", err)
		}
	}
	return nil
}

// insertKeptSubject inserts the subject of what an erasure keeps, unless it exists.
func insertKeptSubject(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO subjects (id, document_cipher, created_at, seen_at, erased_at) VALUES (?, ?, ?, ?, ?)",
		id, []byte{}, ms(now), ms(now), ms(now))
	if err != nil && !isDuplicate(err) {
		return fmt.Errorf("inserting the subject of what is kept: %w", err)
	}
	return nil
}

// moveBatch moves todos with one statement. Altered ones stay where they are.
func (s *Store) moveBatch(ctx context.Context, tx *sqlx.Tx, e erasureRow, todos []todoState) error {
	var rows []todoState
	for _, row := range todos {
		err := s.verify(ctx, tx, row)
		if err == nil {
			rows = append(rows, row)
		} else if !altered(err) {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	tags := s.retag(rows, func(t todoState) todoState { t.SubjectID = e.KeptID; return t })
	query, args, err := in("UPDATE todos SET subject_id = ?, tag = CASE id"+tags.each+" END WHERE subject_id = ? AND state <> 'open' AND tag = CASE id"+tags.each+
		" END AND id IN (?)", slices.Concat([]any{e.KeptID}, tags.next, []any{e.SubjectID}, tags.old, []any{tags.ids})...)
	if err != nil {
		return err
	}
	return exactly(len(rows))(tx.ExecContext(ctx, query, args...))
}

func dropPortraitsOf(ctx context.Context, tx *sqlx.Tx, subjectID string) error {
	var ids []string
	if err := tx.SelectContext(ctx, &ids, "SELECT id FROM portraits WHERE subject_id = ?", subjectID); err != nil {
		return fmt.Errorf("listing portraits: %w", err)
	}
	for _, id := range ids {
		if err := dropPortrait(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// replaceSubjectKey destroys the data key of a subject. If an open todo or an undecided attempt still needs the document,
// it is encrypted under a new key.
func (s *Store) replaceSubjectKey(ctx context.Context, tx *sqlx.Tx, id string) error {
	needed, err := needsDocument(ctx, tx, id)
	if err != nil {
		return err
	}
	if !needed {
		return dropDocument(ctx, tx, id)
	}
	var old struct {
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err = tx.GetContext(ctx, &old, "SELECT s.document_cipher, k.wrapped FROM subjects s JOIN data_keys k ON k.owner_id = s.id WHERE s.id = ?", id)
	if err != nil {
		return fmt.Errorf("reading a subject: %w", err)
	}
	from, err := s.unwrap(id, old.Wrapped)
	if err != nil {
		return err
	}
	if err = dropKey(ctx, tx, id); err != nil {
		return err
	}
	to, err := s.newOwnerKey(ctx, tx, id)
	if err != nil {
		return err
	}
	if err = resealUndecided(ctx, tx, id, from, to); err != nil {
		return err
	}
	document, err := openDocument(from, subjectAAD(id), old.Cipher)
	if err != nil {
		return err
	}
	return setDocument(ctx, tx, id, to, document)
}

// needsDocument reports whether the document of an erased subject is still needed.
func needsDocument(ctx context.Context, tx *sqlx.Tx, id string) (bool, error) {
	waits, err := hasUndecided(ctx, tx, bySubject, id)
	if err != nil || waits {
		return waits, err
	}
	var open bool
	err = tx.GetContext(ctx, &open, "SELECT EXISTS (SELECT 1 FROM todos WHERE subject_id = ? AND state = 'open')", id)
	return open, err
}

func dropDocument(ctx context.Context, tx *sqlx.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE subjects SET document_cipher = ? WHERE id = ?", []byte{}, id); err != nil {
		return fmt.Errorf("erasing a document: %w", err)
	}
	return dropKey(ctx, tx, id)
}

func setDocument(ctx context.Context, tx *sqlx.Tx, id string, key keyring.DataKey, d identity.Document) error {
	sealed, err := sealDocument(key, subjectAAD(id), d)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "UPDATE subjects SET document_cipher = ? WHERE id = ?", sealed, id); err != nil {
		return fmt.Errorf("storing a document: %w", err)
	}
	return nil
}

// resealUndecided encrypts the documents of verifications that a provider has yet to decide under another key.
func resealUndecided(ctx context.Context, tx *sqlx.Tx, subjectID string, from, to keyring.DataKey) error {
	var rows []struct {
		ID     string `db:"id"`
		Cipher []byte `db:"document_cipher"`
	}
	err := tx.SelectContext(ctx, &rows, `SELECT v.id, v.document_cipher FROM verifications v WHERE v.subject_id = ?
		AND EXISTS (SELECT 1 FROM attempts a WHERE a.verification_id = v.id AND a.undecided = 1)`, subjectID)
	if err != nil {
		return fmt.Errorf("listing undecided verifications: %w", err)
	}
	for _, row := range rows {
		document, err := openDocument(from, verificationAAD(row.ID), row.Cipher)
		if err != nil {
			return err
		}
		sealed, err := sealDocument(to, verificationAAD(row.ID), document)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE verifications SET document_cipher = ? WHERE id = ?", sealed, row.ID); err != nil {
			return fmt.Errorf("encrypting a document anew: %w", err)
		}
	}
	return nil
}
