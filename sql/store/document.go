package store

import (
	"bytes"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/keyring"
)

// documentJSON is a document as it is sealed: the only place where its parts are plain text, never outside this file.
type documentJSON struct {
	Type       identity.DocumentType `json:"type"`
	Number     string                `json:"number"`
	Name       string                `json:"name"` // the person's own spelling; the normalised one follows from it
	ValidFrom  string                `json:"valid_from,omitempty"`
	ValidUntil string                `json:"valid_until,omitempty"`
	LongTerm   bool                  `json:"long_term,omitempty"`
}

// sealDocument seals a document for its place.
func sealDocument(key keyring.DataKey, aad keyring.AssociatedData, d identity.Document) ([]byte, error) {
	return sealJSON(key, aad, documentJSON{
		Type: d.Type, Number: d.Number.Reveal(), Name: d.Name.Original(),
		ValidFrom: d.ValidFrom.String(), ValidUntil: d.ValidUntil.String(), LongTerm: d.LongTerm,
	})
}

// openDocument reads what sealDocument wrote.
func openDocument(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (identity.Document, error) {
	return new(lastDocument).open(key, aad, cipher)
}

// lastDocument opens documents and parses again only what differs from the one before: the rows of a list are mostly
// one person's. It lives for one call.
type lastDocument struct {
	plain    []byte
	document identity.Document
}

func (l *lastDocument) open(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte) (identity.Document, error) {
	plain, err := key.Open(aad, cipher)
	if err != nil {
		return identity.Document{}, err
	}
	if l.plain != nil && bytes.Equal(plain, l.plain) {
		return l.document, nil
	}
	document, err := decodeDocument(aad, plain)
	if err != nil {
		return identity.Document{}, err
	}
	l.plain, l.document = plain, document
	return document, nil
}

func decodeDocument(aad keyring.AssociatedData, plain []byte) (identity.Document, error) {
	var stored documentJSON
	if err := decodeJSON(aad, plain, &stored); err != nil {
		return identity.Document{}, err
	}
	d, err := identity.ParseDocument(stored.Type, stored.Number, stored.Name)
	from, errFrom := storedDate(stored.ValidFrom)
	until, errUntil := storedDate(stored.ValidUntil)
	if err = errors.Join(err, errFrom, errUntil); err != nil {
		return identity.Document{}, fmt.Errorf("reading %s.%s: %w", aad.Table, aad.Column, err)
	}
	d.ValidFrom, d.ValidUntil, d.LongTerm = from, until, stored.LongTerm
	return d, nil
}

func storedDate(stored string) (identity.Date, error) {
	if stored == "" {
		return identity.Date{}, nil
	}
	return identity.ParseDate(stored)
}
