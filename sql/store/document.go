package store

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"renzheng/identity"
	"renzheng/keyring"
)

// A document is sealed as its parts, a line each: type, number, name in the person's own spelling (the normalised one
// follows from it), first and last day of validity, and longTerm. No part can contain a line break. Lines instead of JSON,
// because a document is opened for every request of a session with a grant.
const (
	documentLines = 6
	longTerm      = "long-term"
)

// sealDocument seals a document with its associated data.
func sealDocument(key keyring.DataKey, aad keyring.AssociatedData, d identity.Document) ([]byte, error) {
	term := ""
	if d.LongTerm {
		term = longTerm
	}
	return key.Seal(aad, []byte(strings.Join([]string{
		string(d.Type), d.Number.Reveal(), d.Name.Original(), d.ValidFrom.String(), d.ValidUntil.String(), term,
	}, "\n")))
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
	lines := strings.SplitN(string(plain), "\n", documentLines+1)
	if len(lines) != documentLines {
		return identity.Document{}, fmt.Errorf("decoding %s.%s: not what was stored", aad.Table, aad.Column)
	}
	d, err := identity.ParseDocument(identity.DocumentType(lines[0]), lines[1], lines[2])
	from, errFrom := storedDate(lines[3])
	until, errUntil := storedDate(lines[4])
	if err = errors.Join(err, errFrom, errUntil); err != nil {
		return identity.Document{}, fmt.Errorf("reading %s.%s: %w", aad.Table, aad.Column, err)
	}
	d.ValidFrom, d.ValidUntil, d.LongTerm = from, until, lines[5] == longTerm
	return d, nil
}

func storedDate(stored string) (identity.Date, error) {
	if stored == "" {
		return identity.Date{}, nil
	}
	return identity.ParseDate(stored)
}
