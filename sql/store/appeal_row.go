package store

import (
	"encoding/json"
	"fmt"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/keyring"
)

// appealRow is a row of appeals, with its wrapped data key.
type appealRow struct {
	appealState

	Version int64  `db:"turn"`
	ReadAt  int64  `db:"read_at"`
	Form    []byte `db:"form_cipher"`
	Reason  []byte `db:"reason_cipher"`
	Ground  []byte `db:"ground_cipher"`
	Wrapped []byte `db:"wrapped"`

	ReadingConsent string `db:"reading_consent"`
	ReadingAgreed  int64  `db:"reading_agreed_at"` // 0 = the consent was withdrawn, or there is none
	DocumentType   string `db:"document_type"`
}

const (
	appealFacts = appealStateColumns + ", x.turn, x.read_at"
	// selectAppeal reads a whole appeal. Its key is the only one that opens it.
	selectAppeal = "SELECT " + appealFacts + `, x.form_cipher, x.reason_cipher, x.ground_cipher, k.wrapped, x.reading_consent,
		COALESCE(c.accepted_at, 0) AS reading_agreed_at, COALESCE(v.document_type, '') AS document_type
		FROM appeals x JOIN data_keys k ON k.owner_id = x.id LEFT JOIN verifications v ON v.id = x.verification_id
		LEFT JOIN consents c ON c.id = x.reading_consent AND c.account_id = x.account_id AND c.kind = 'document_photo' AND c.withdrawn_at = 0 `
)

func appealAAD(table, column, row string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: table, Column: column, Row: row}
}

// facts returns the appeal without what is encrypted.
func (r appealRow) facts() appeal.Appeal {
	a := appeal.Appeal{
		ID: r.ID, AccountID: r.AccountID, SubjectID: r.SubjectID, VerificationID: r.VerificationID, Failure: r.Failure, Seen: r.Seen == 1,
		State: appeal.State(r.State), Version: r.Version, Decision: appeal.Decision{Outcome: appeal.Outcome(r.Outcome)},
		CreatedAt: fromMs(r.CreatedAt), SubmittedAt: fromMs(r.SubmittedAt), DueAt: fromMs(r.DueAt), ReadAt: fromMs(r.ReadAt), DecidedAt: fromMs(r.DecidedAt),
		DocumentType: identity.DocumentType(r.DocumentType),
	}
	if r.ReadingAgreed > 0 {
		a.ReadingConsentID, a.ReadingAgreedAt = r.ReadingConsent, fromMs(r.ReadingAgreed)
	}
	return a
}

// formJSON is a form as it is encrypted.
type formJSON struct {
	Contact string `json:"contact"`
	Device  string `json:"device"`
	App     string `json:"app"`
	Text    string `json:"text"`
}

// openAppeal returns an appeal with its words, and its key.
func (s *Store) openAppeal(r appealRow) (appeal.Appeal, keyring.DataKey, error) {
	a := r.facts()
	key, err := s.unwrap(r.ID, r.Wrapped)
	if err != nil {
		return a, key, err
	}
	var form formJSON
	if len(r.Form) > 0 {
		if err = openJSON(key, appealAAD("appeals", "form_cipher", r.ID), r.Form, &form); err != nil {
			return a, key, err
		}
	}
	a.Form = appeal.Form{
		Contact: identity.NewSecret(form.Contact), Device: identity.NewSecret(form.Device), App: identity.NewSecret(form.App), Text: identity.NewSecret(form.Text),
	}
	if len(r.Reason) > 0 {
		reason, openErr := key.Open(appealAAD("appeals", "reason_cipher", r.ID), r.Reason)
		if openErr != nil {
			return a, key, openErr
		}
		ground, openErr := key.Open(appealAAD("appeals", "ground_cipher", r.ID), r.Ground)
		if openErr != nil {
			return a, key, openErr
		}
		a.Decision.Reason, a.Decision.Ground = identity.NewSecret(string(reason)), identity.NewSecret(string(ground))
	}
	return a, key, nil
}

func sealForm(key keyring.DataKey, id string, f appeal.Form) ([]byte, error) {
	plain, err := json.Marshal(formJSON{f.Contact.Reveal(), f.Device.Reveal(), f.App.Reveal(), f.Text.Reveal()})
	if err != nil {
		return nil, fmt.Errorf("encoding the form of an appeal: %w", err)
	}
	return key.Seal(appealAAD("appeals", "form_cipher", id), plain)
}

// messageRow is a row of appeal_messages.
type messageRow struct {
	ID      string `db:"id"`
	ByStaff string `db:"by_staff"`
	Text    []byte `db:"text_cipher"`
	At      int64  `db:"at"`
}

func messageAAD(id string) keyring.AssociatedData {
	return appealAAD("appeal_messages", "text_cipher", id)
}
