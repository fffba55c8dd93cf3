package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/todo"
)

// mostRows is one more than the largest page has. A parameter as the limit would make SQLite plan the statement again for
// every list, and one text for each limit would fill the pool of prepared statements.
const mostRows = "51"

var _ [51 - (todo.MaxPage + 1)]struct{} // does not compile if a page has more

const listTodos = `SELECT ` + todoColumns + `, t.headline_cipher, d.wrapped
	FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
	WHERE ` + liveGrant + ` AND t.opened_at >= ? AND t.opened_at <= ? AND (t.opened_at < ? OR t.id < ?) AND t.state <> 'superseded'
	ORDER BY t.opened_at DESC, t.id DESC LIMIT ` + mostRows

// ListTodos implements [todo.TodoStore]. It scans by hand: reflection over so many columns and rows would cost more than
// the statement.
func (s *Store) ListTodos(ctx context.Context, v todo.Viewer, since, now time.Time, p todo.Page) ([]todo.Row, error) {
	at, id := before(p)
	found, err := s.read.QueryContext(ctx, listTodos, append(grantArgs(v, now), ms(since), at, at, id)...)
	if err != nil {
		return nil, fmt.Errorf("listing todos: %w", err)
	}
	defer func() { _ = found.Close() }()
	rows, opener := make([]todo.Row, 0, p.Limit), headlines{store: s}
	for len(rows) < p.Limit && found.Next() {
		var r listedRow
		err = found.Scan(&r.ID, &r.CaseRow, &r.RegistryID, &r.CaseID, &r.SignerID, &r.SubjectID, &r.Revision, &r.State, &r.ContentDigest,
			&r.OpenedAt, &r.ExpiresAt, &r.AnsweredAt, &r.tag, &r.headline, &r.wrapped)
		if err == nil {
			r.Tag = rowTag(r.tag)
			err = s.verify(ctx, s.read, r)
		}
		if err != nil {
			return nil, fmt.Errorf("reading a todo of the list: %w", err)
		}
		row, openErr := opener.open(r)
		if openErr != nil {
			return nil, openErr
		}
		rows = append(rows, row)
	}
	if err = found.Err(); err != nil {
		return nil, fmt.Errorf("listing todos: %w", err)
	}
	return rows, nil
}

// before returns the keyset position that a page goes on from.
func before(p todo.Page) (at int64, id string) {
	if p.Before == (todo.Cursor{}) {
		return math.MaxInt64, ""
	}
	return ms(p.Before.At), p.Before.ID
}

// listedRow is a row of listTodos.
type listedRow struct {
	todoState

	tag      sql.RawBytes
	headline sql.RawBytes
	wrapped  sql.RawBytes
}

// headlines opens the rows of one list. Most rows name the same person, and some belong to the same case.
type headlines struct {
	store    *Store
	caseRow  string
	key      keyring.DataKey
	spelling string
	name     identity.Name
}

func (h *headlines) open(r listedRow) (todo.Row, error) {
	row := todo.Row{
		ID: r.ID, RegistryID: r.RegistryID, State: todo.State(r.State), OpenedAt: fromMs(r.OpenedAt),
		ExpiresAt: fromMs(r.ExpiresAt), AnsweredAt: fromMs(r.AnsweredAt),
	}
	var err error
	if r.CaseRow != h.caseRow {
		if h.key, err = h.store.unwrap(r.CaseRow, r.wrapped); err != nil {
			return todo.Row{}, err
		}
		h.caseRow = r.CaseRow
	}
	var spelling string
	if spelling, row.Headline, err = openHeadline(h.key, r.ID, r.headline); err != nil {
		return todo.Row{}, err
	}
	if spelling != h.spelling || spelling == "" {
		if h.name, err = identity.ParseName(spelling); err != nil {
			return todo.Row{}, fmt.Errorf("reading the name of a signer: %w", err)
		}
		h.spelling = spelling
	}
	row.SignerName = h.name
	return row, nil
}

// sealHeadline seals what the list shows of a todo, with the signer's name, so that a row of the list is opened once.
func sealHeadline(key keyring.DataKey, t todo.Todo) ([]byte, error) {
	h := t.Headline
	return key.Seal(todoAAD("headline_cipher", t.ID), joinParts(
		t.Signer.Name.Original(), h.EnterpriseName, string(h.BusinessKind), h.BusinessLabel, h.Role, h.Represented,
	))
}

// openHeadline returns the spelling of the signer's name and the headline.
func openHeadline(key keyring.DataKey, todoID string, cipher []byte) (string, todo.Headline, error) {
	aad := todoAAD("headline_cipher", todoID)
	plain, err := key.Open(aad, cipher)
	if err != nil {
		return "", todo.Headline{}, err
	}
	var spelling, kind string
	var h todo.Headline
	if !splitParts(plain, &spelling, &h.EnterpriseName, &kind, &h.BusinessLabel, &h.Role, &h.Represented) {
		return "", todo.Headline{}, notStored(aad)
	}
	h.BusinessKind = todo.BusinessKind(kind)
	return spelling, h, nil
}
