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
func sealDocument(key keyring.DataKey, place keyring.Place, d identity.Document) ([]byte, error) {
	return sealJSON(key, place, documentJSON{
		Type: d.Type, Number: d.Number.Reveal(), Name: d.Name.Original(),
		ValidFrom: d.ValidFrom.String(), ValidUntil: d.ValidUntil.String(), LongTerm: d.LongTerm,
	})
}

// openDocument reads what sealDocument wrote.
func openDocument(key keyring.DataKey, place keyring.Place, cipher []byte) (identity.Document, error) {
	return new(lastDocument).open(key, place, cipher)
}

// lastDocument opens documents and parses again only what differs from the one before: the rows of a list are mostly
// one person's. It lives for one call.
type lastDocument struct {
	plain    []byte
	document identity.Document
}

func (l *lastDocument) open(key keyring.DataKey, place keyring.Place, cipher []byte) (identity.Document, error) {
	plain, err := key.Open(place, cipher)
	if err != nil {
		return identity.Document{}, err
	}
	if l.plain != nil && bytes.Equal(plain, l.plain) {
		return l.document, nil
	}
	document, err := decodeDocument(place, plain)
	if err != nil {
		return identity.Document{}, err
	}
	l.plain, l.document = plain, document
	return document, nil
}

func decodeDocument(place keyring.Place, plain []byte) (identity.Document, error) {
	var stored documentJSON
	if err := decodeJSON(place, plain, &stored); err != nil {
		return identity.Document{}, err
	}
	d, err := identity.ParseDocument(stored.Type, stored.Number, stored.Name)
	from, errFrom := storedDate(stored.ValidFrom)
	until, errUntil := storedDate(stored.ValidUntil)
	if err = errors.Join(err, errFrom, errUntil); err != nil {
		return identity.Document{}, fmt.Errorf("reading %s.%s: %w", place.Table, place.Column, err)
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
