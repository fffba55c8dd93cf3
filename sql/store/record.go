package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/todo"
)

var _ todo.RecordStore = (*Store)(nil)

// ownRecords are the answers that the viewer's subject gave; the registry's statements about them are not theirs.
const ownRecords = ` FROM` + confirmationsOf + `JOIN grants g ON g.subject_id = c.subject_id
	WHERE ` + liveGrant + ` AND c.account_id <> ''`

const listConfirmations = `SELECT ` + confirmationHead + `, t.headline_cipher, d.wrapped` + ownRecords + `
	AND c.answered_at <= ? AND (c.answered_at < ? OR c.id < ?) ORDER BY c.answered_at DESC, c.id DESC LIMIT ` + mostRows

// Confirmations implements [todo.RecordStore].
func (s *Store) Confirmations(ctx context.Context, v todo.Viewer, p todo.Page, now time.Time) ([]todo.Confirmation, error) {
	at, id := before(p)
	return s.readConfirmations(ctx, p.Limit, listConfirmations, append(grantArgs(v, now), at, at, id)...)
}

const listSessionConfirmations = `SELECT ` + confirmationHead + `, t.headline_cipher, d.wrapped FROM` + confirmationsOf + `
	JOIN grants g ON g.subject_id = c.subject_id JOIN grants given ON given.id = c.grant_id AND given.session_id = g.session_id
	WHERE g.session_id = ? AND g.account_id = ? AND g.ended_at = 0
		AND NOT EXISTS (SELECT 1 FROM verifications later WHERE later.session_id = g.session_id
			AND later.subject_id <> g.subject_id AND later.created_at >= g.starts_at) ORDER BY c.answered_at DESC, c.id DESC LIMIT ` + mostRows

// SessionConfirmations implements [todo.RecordStore]. The session's grant that was not ended, although it may have
// expired, determines the person, until a verification of another person begins in the session. The grant under which an
// answer was given determines the session.
func (s *Store) SessionConfirmations(ctx context.Context, v todo.Viewer) ([]todo.Confirmation, error) {
	var grants []grantRow
	err := s.read.SelectContext(ctx, &grants, "SELECT "+grantColumns+" FROM grants g WHERE g.session_id = ?", v.SessionID)
	for _, g := range grants {
		if err == nil {
			err = s.verify(ctx, s.read, g)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading the grants of a session: %w", err)
	}
	return s.readConfirmations(ctx, todo.MaxPage, listSessionConfirmations, v.SessionID, v.AccountID)
}

func (s *Store) readConfirmations(ctx context.Context, most int, query string, args ...any) ([]todo.Confirmation, error) {
	var rows []confirmationRow
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("listing confirmations: %w", err)
	}
	rows = rows[:min(len(rows), most)]
	keys := caseKeys{store: s}
	answers := make([]todo.Confirmation, len(rows))
	for i, row := range rows {
		if row.erased() {
			answers[i] = row.sealed()
			continue
		}
		key, err := keys.unwrap(row.CaseRow, row.Wrapped)
		if err != nil {
			return nil, err
		}
		if answers[i], err = row.open(key); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// Confirmation implements [todo.RecordStore].
func (s *Store) Confirmation(ctx context.Context, v todo.Viewer, id string, now time.Time) (todo.Confirmation, error) {
	const query = `SELECT ` + confirmationHead + `, ` + confirmationBody + `, t.headline_cipher, d.wrapped` + ownRecords + ` AND c.id = ?`
	return s.getConfirmation(ctx, s.read, query, append(grantArgs(v, now), id)...)
}

// Evidence implements [todo.RecordStore].
func (s *Store) Evidence(ctx context.Context, q todo.EvidenceQuery, fetchedAt time.Time) (todo.Evidence, error) {
	var e todo.Evidence
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var err error
		const query = `SELECT ` + confirmationHead + `, ` + confirmationBody + `, t.headline_cipher, d.wrapped FROM` + confirmationsOf + `
			WHERE t.case_row = (SELECT id FROM cases WHERE registry_id = ? AND case_id = ?) AND t.signer_id = ?
			AND (t.revision = ? OR ? = 0) ORDER BY c.answered_at DESC, c.id DESC LIMIT 1`
		if e.Confirmation, err = s.getConfirmation(ctx, tx, query,
			q.RegistryID, q.CaseID, q.SignerID, q.Revision, q.Revision); err != nil {
			return err
		}
		if e.Confirmation.Erased {
			return nil
		}
		if err = s.fillEvidence(ctx, tx, &e); err != nil {
			return err
		}
		if fetchedAt.IsZero() {
			return nil
		}
		return s.auditEvidence(ctx, tx, e.Confirmation, fetchedAt)
	})
	if err != nil {
		return todo.Evidence{}, err
	}
	return e, nil
}

// evidenceRow is what hangs on an answer.
type evidenceRow struct {
	todoRow

	Picture        []byte `db:"picture_cipher"`
	PictureWrapped []byte `db:"picture_wrapped"`
}

// fillEvidence adds the todo as it was shown and the pictures that are still kept.
func (s *Store) fillEvidence(ctx context.Context, tx *sqlx.Tx, e *todo.Evidence) error {
	var row evidenceRow
	err := tx.GetContext(ctx, &row, `SELECT `+todoHead+`, `+todoBody+`, d.wrapped, p.picture_cipher, pd.wrapped AS picture_wrapped
		FROM todos t JOIN data_keys d ON d.owner_id = t.case_row
		LEFT JOIN portraits p ON p.id = ? LEFT JOIN data_keys pd ON pd.owner_id = p.id
		WHERE t.id = ?`, e.Confirmation.PortraitID, e.Confirmation.TodoID)
	if err == nil {
		err = s.verify(ctx, tx, row.todoState)
	}
	if err != nil {
		return fmt.Errorf("reading what hangs on an answer: %w", err)
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return err
	}
	if e.Todo, err = row.open(key); err != nil {
		return err
	}
	if e.Confirmation.Scan, err = readScan(ctx, tx, key, e.Confirmation.ID); err != nil {
		return err
	}
	e.Portrait = nil
	if row.Picture != nil && row.PictureWrapped != nil {
		if e.Portrait, err = s.openPicture(e.Confirmation.PortraitID, row.Picture, row.PictureWrapped); err != nil {
			return err
		}
	}
	return nil
}

// auditEvidence records that the registry fetched an answer (R27), in one row for each day, so that a registry that asks
// often does not fill the table. The first fetch also sets when the portrait is deleted (R33), even if an earlier time was
// already announced.
func (s *Store) auditEvidence(ctx context.Context, tx *sqlx.Tx, c todo.Confirmation, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE portraits SET delete_after = ? WHERE id = ?
		AND NOT EXISTS (SELECT 1 FROM evidence_fetches WHERE confirmation_id = ?)`, ms(now.Add(todo.PortraitKept)), c.PortraitID, c.ID)
	if err != nil {
		return fmt.Errorf("setting the deletion time of a portrait: %w", err)
	}
	day := identity.DateAt(now).String()
	n, err := rowsMatched(tx.ExecContext(ctx,
		"UPDATE evidence_fetches SET fetches = fetches + 1, last_at = ? WHERE confirmation_id = ? AND day = ?", ms(now), c.ID, day))
	if err == nil && n == 0 {
		_, err = tx.ExecContext(ctx, `INSERT INTO evidence_fetches (confirmation_id, day, registry_id, fetches, last_at)
			VALUES (?, ?, ?, 1, ?)`, c.ID, day, c.RegistryID, ms(now))
	}
	if isDuplicate(err) {
		return errRace
	}
	if err != nil {
		return fmt.Errorf("recording a fetch of evidence: %w", err)
	}
	return nil
}

// caseKeys unwraps the data key of each case once in a call: one person has several roles in one case.
type caseKeys struct {
	store *Store
	known map[string]keyring.DataKey
}

func (k *caseKeys) unwrap(caseRow string, wrapped []byte) (keyring.DataKey, error) {
	if key, ok := k.known[caseRow]; ok {
		return key, nil
	}
	key, err := k.store.unwrap(caseRow, wrapped)
	if err != nil {
		return keyring.DataKey{}, err
	}
	if k.known == nil {
		k.known = make(map[string]keyring.DataKey)
	}
	k.known[caseRow] = key
	return key, nil
}
