package store

import (
	"errors"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/keyring"
)

// readingJSON is a reading as it is encrypted. A person's copy has it in this form.
type readingJSON struct {
	Side      photo.Side      `json:"side"`
	Fault     photo.Fault     `json:"fault,omitempty"`
	Name      string          `json:"name,omitempty"`
	Number    string          `json:"number,omitempty"`
	Issuer    string          `json:"issuer,omitempty"`
	From      string          `json:"valid_from,omitempty"`
	Until     string          `json:"valid_until,omitempty"`
	LongTerm  bool            `json:"long_term,omitempty"`
	Warnings  []photo.Warning `json:"warnings,omitempty"`
	RequestID string          `json:"request_id,omitempty"` // the recognizer's
}

// correctionJSON is a correction as it is encrypted.
type correctionJSON struct {
	Name     string `json:"name,omitempty"`
	Number   string `json:"number,omitempty"`
	From     string `json:"valid_from,omitempty"`
	Until    string `json:"valid_until,omitempty"`
	LongTerm bool   `json:"long_term,omitempty"`
}

func sealReading(key keyring.DataKey, materialID string, r photo.Reading) ([]byte, error) {
	return sealJSON(key, readingAAD("reading_cipher", materialID), readingJSON{
		r.Side, r.Fault, r.Name.Reveal(), r.Number.Reveal(), r.Issuer.Reveal(), r.From.String(), r.Until.String(), r.LongTerm, r.Warnings, r.RequestID,
	})
}

func sealCorrection(key keyring.DataKey, materialID string, c appeal.Correction) ([]byte, error) {
	return sealJSON(key, readingAAD("correction_cipher", materialID), correctionJSON{
		c.Name.Reveal(), c.Number.Reveal(), c.ValidFrom.String(), c.ValidUntil.String(), c.LongTerm,
	})
}

// reading opens a row.
func (r readingRow) reading(key keyring.DataKey) (appeal.PhotoReading, error) {
	found := appeal.PhotoReading{State: appeal.ReadingState(r.State), AskedAt: fromMs(r.AskedAt), ConfirmedAt: fromMs(r.ConfirmedAt)}
	if len(r.Reading) > 0 {
		var v readingJSON
		if err := openJSON(key, readingAAD("reading_cipher", r.MaterialID), r.Reading, &v); err != nil {
			return found, err
		}
		from, errFrom := storedDate(v.From)
		until, errUntil := storedDate(v.Until)
		if err := errors.Join(errFrom, errUntil); err != nil {
			return found, err
		}
		found.Values = photo.Reading{
			Side: v.Side, Fault: v.Fault, Name: identity.NewSecret(v.Name), Number: identity.NewSecret(v.Number), Issuer: identity.NewSecret(v.Issuer),
			From: from, Until: until, LongTerm: v.LongTerm, Warnings: v.Warnings, RequestID: v.RequestID,
		}
	}
	if len(r.Correction) == 0 {
		return found, nil
	}
	var c correctionJSON
	if err := openJSON(key, readingAAD("correction_cipher", r.MaterialID), r.Correction, &c); err != nil {
		return found, err
	}
	from, errFrom := storedDate(c.From)
	until, errUntil := storedDate(c.Until)
	found.Correction = appeal.Correction{
		Name: identity.NewSecret(c.Name), Number: identity.NewSecret(c.Number), ValidFrom: from, ValidUntil: until, LongTerm: c.LongTerm,
	}
	return found, errors.Join(errFrom, errUntil)
}
