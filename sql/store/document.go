package store

import (
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/keyring"
)

// longTerm is the last part of a document that has no end of validity.
const longTerm = "long-term"

// sealDocument seals the parts of a document. The name is in the person's own spelling, from which the normalised one
// follows.
func sealDocument(key keyring.DataKey, aad keyring.AssociatedData, d identity.Document) ([]byte, error) {
	term := ""
	if d.LongTerm {
		term = longTerm
	}
	return key.Seal(aad, joinParts(
		string(d.Type), d.Number.Reveal(), d.Name.Original(), d.ValidFrom.String(), d.ValidUntil.String(), term,
	))
}

// openDocument reads what sealDocument wrote.
func openDocument(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (identity.Document, error) {
	plain, err := key.Open(aad, cipher)
	if err != nil {
		return identity.Document{}, err
	}
	var docType, number, name, validFrom, validUntil, term string
	if !splitParts(plain, &docType, &number, &name, &validFrom, &validUntil, &term) {
		return identity.Document{}, notStored(aad)
	}
	d, err := identity.ParseDocument(identity.DocumentType(docType), number, name)
	from, errFrom := storedDate(validFrom)
	until, errUntil := storedDate(validUntil)
	if err = errors.Join(err, errFrom, errUntil); err != nil {
		return identity.Document{}, fmt.Errorf("reading %s.%s: %w", aad.Table, aad.Column, err)
	}
	d.ValidFrom, d.ValidUntil, d.LongTerm = from, until, term == longTerm
	return d, nil
}

func storedDate(stored string) (identity.Date, error) {
	if stored == "" {
		return identity.Date{}, nil
	}
	return identity.ParseDate(stored)
}
