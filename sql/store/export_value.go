package store

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/sql/datamap"
)

// opener returns what a sealed value holds.
type opener func(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error)

// openers returns how each sealed column of a copy is opened. Portraits and scans are opened when they are written.
func openers() map[string]opener {
	return map[string]opener{
		"accounts.user_cipher":                 openText,
		"subscribers.phone_cipher":             openText,
		"subscribers.nickname_cipher":          openText,
		"subjects.document_cipher":             openDocumentParts,
		"grants.document_cipher":               openDocumentParts,
		"verifications.document_cipher":        openDocumentParts,
		"remembered_documents.document_cipher": openDocumentParts,
		"attempts.card_last4_cipher":           openText,
		"portraits.sha256_cipher":              openHex,
		"portraits.picture_cipher":             nil,
		"answer_scans.picture_cipher":          nil,
		"todos.signer_cipher":                  openDocumentParts,
		"todos.headline_cipher":                openHeadlineParts,
		"todos.content_cipher":                 openAnyJSON,
		"todos.salt_cipher":                    openAnyJSON,
		"confirmations.openings_cipher":        openAnyJSON,
		"confirmations.strokes_cipher":         openText,
		"corrections.text_cipher":              openText,
		"corrections.ground_cipher":            openText,
		"appeals.form_cipher":                  openAnyJSON,
		"appeals.reason_cipher":                openText,
		"appeals.ground_cipher":                openText,
		"appeal_messages.text_cipher":          openText,
		"appeal_readings.reading_cipher":       openAnyJSON,
		"appeal_readings.correction_cipher":    openAnyJSON,
		"visits.evidence_cipher":               openSeen,
		"visit_answers.paper_cipher":           openText,
		"escalations.note_cipher":              openText,
		"escalations.answer_cipher":            openText,
	}
}

// rowColumns are the columns that name the row in the associated data, where that is not the id.
func rowColumns() map[string]string {
	return map[string]string{"subscribers": "account_id", "remembered_documents": "consent_id", "visit_answers": "confirmation_id", "appeal_readings": "material_id"}
}

// copyValue adds a column to a row of the copy unless it is empty. A sealed column has the name of what it holds.
func copyValue(row rights.CopyRow, c datamap.Column, raw map[string]any, key *keyring.DataKey) error {
	value := raw[c.Name]
	if c.Kind == "sealed" {
		return openValue(row, c, raw, key)
	}
	plain, err := plainValue(c.Kind, textOf(value))
	if err != nil {
		return fmt.Errorf("%s.%s: %w", c.Table, c.Name, err)
	}
	if plain != nil {
		row[c.Name] = plain
	}
	return nil
}

func openValue(row rights.CopyRow, c datamap.Column, raw map[string]any, key *keyring.DataKey) error {
	name := c.Table + "." + c.Name
	open, ok := openers()[name]
	if !ok {
		return errors.New(name + " has no opener")
	}
	cipher := bytesOf(raw[c.Name])
	if len(cipher) == 0 || key == nil || open == nil {
		return nil
	}
	id := "id"
	if other := rowColumns()[c.Table]; other != "" {
		id = other
	}
	value, err := open(*key, keyring.AssociatedData{Table: c.Table, Column: c.Name, Row: textOf(raw[id])}, cipher)
	if err == nil {
		row[strings.TrimSuffix(c.Name, "_cipher")] = value
	}
	return err
}

// plainValue returns a value that was not sealed, or nil if it is empty.
func plainValue(kind datamap.Kind, text string) (any, error) {
	switch {
	case text == "":
		return nil, nil
	case kind != "number" && kind != "time":
		return text, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading a number: %w", err)
	case kind == "number":
		return n, nil
	case n == 0:
		return nil, nil
	}
	return fromMs(n).UTC().Format(time.RFC3339), nil
}

// textOf returns a value as a driver returns it as text, "" for NULL.
func textOf(value any) string {
	switch value := value.(type) {
	case []byte:
		return string(value)
	case string:
		return value
	case int64:
		return strconv.FormatInt(value, 10)
	}
	return ""
}

func bytesOf(value any) []byte {
	found, _ := value.([]byte)
	return found
}

func openText(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	plain, err := key.Open(aad, cipher)
	return string(plain), err
}

func openHex(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	plain, err := key.Open(aad, cipher)
	return hex.EncodeToString(plain), err
}

func openAnyJSON(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	var value json.RawMessage
	err := openJSON(key, aad, cipher, &value)
	return value, err
}

func openDocumentParts(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	d, err := openDocument(key, aad, cipher)
	parts := map[string]any{"type": string(d.Type), "number": d.Number.Reveal(), "name": d.Name.Original()}
	for name, date := range map[string]string{"valid_from": d.ValidFrom.String(), "valid_until": d.ValidUntil.String()} {
		if date != "" {
			parts[name] = date
		}
	}
	if d.LongTerm {
		parts["long_term"] = true
	}
	return parts, err
}

func openHeadlineParts(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	_, h, err := openHeadline(key, aad.Row, cipher)
	parts := map[string]any{"enterprise_name": h.EnterpriseName, "business_kind": string(h.BusinessKind), "role": h.Role}
	if h.BusinessLabel != "" {
		parts["business_label"] = h.BusinessLabel
	}
	if h.Represented != "" {
		parts["represented"] = h.Represented
	}
	return parts, err
}

func openSeen(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (any, error) {
	var sealed sealedEvidence
	err := openJSON(key, aad, cipher, &sealed)
	return json.RawMessage(sealed.Evidence), err
}
