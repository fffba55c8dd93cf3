package store

import (
	"renzheng/keyring"
	"renzheng/todo"
)

// todoRow is a row of todos with the case's wrapped data key. Queries choose their columns; what is not read stays
// sealed or empty.
type todoRow struct {
	todoState

	Signer   []byte `db:"signer_cipher"`
	Headline []byte `db:"headline_cipher"`
	Content  []byte `db:"content_cipher"`
	Salt     []byte `db:"salt_cipher"`
	ServedAt int64  `db:"served_at"`
	Signers  int    `db:"signers"`
	Waiting  int    `db:"waiting"`
	Frozen   bool   `db:"frozen"`
	Wrapped  []byte `db:"wrapped"`
}

const (
	// todoHead are the columns of every read but the list, todoBody those that the detail adds.
	todoHead = todoColumns + `, t.signer_cipher, t.headline_cipher`
	todoBody = `t.content_cipher, t.salt_cipher`
)

func todoAAD(column, id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "todos", Column: column, Row: id}
}

// open returns the todo, without content where that was not read.
func (r todoRow) open(key keyring.DataKey) (todo.Todo, error) {
	t := todo.Todo{
		ID: r.ID, CaseRow: r.CaseRow, RegistryID: r.RegistryID, CaseID: r.CaseID, SignerID: r.SignerID, SubjectID: r.SubjectID,
		Revision: r.Revision, State: todo.State(r.State), ContentDigest: r.ContentDigest, OpenedAt: fromMs(r.OpenedAt),
		ExpiresAt: fromMs(r.ExpiresAt), AnsweredAt: fromMs(r.AnsweredAt), ServedAt: fromMs(r.ServedAt), Stamp: r.todoState,
		Progress: todo.Progress{Signers: r.Signers, Waiting: r.Waiting},
	}
	if len(r.Signer) == 0 && len(r.Headline) == 0 { // erased
		return t, nil
	}
	var err error
	if t.Signer, err = openDocument(key, todoAAD("signer_cipher", r.ID), r.Signer); err != nil {
		return todo.Todo{}, err
	}
	if _, t.Headline, err = openHeadline(key, r.ID, r.Headline); err != nil {
		return todo.Todo{}, err
	}
	if r.Content == nil {
		return t, nil
	}
	if err = openJSON(key, todoAAD("content_cipher", r.ID), r.Content, &t.Content); err != nil {
		return todo.Todo{}, err
	}
	if err = openJSON(key, todoAAD("salt_cipher", r.ID), r.Salt, &t.ContentSalt); err != nil {
		return todo.Todo{}, err
	}
	return t, nil
}

// sealTodo returns the row of a todo; its signer's subject is known by then.
func (s *Store) sealTodo(key keyring.DataKey, t todo.Todo) (todoRow, error) {
	r := todoRow{todoState: todoState{
		ID: t.ID, CaseRow: t.CaseRow, RegistryID: t.RegistryID, CaseID: t.CaseID, SignerID: t.SignerID, SubjectID: t.SubjectID,
		Revision: t.Revision, State: string(t.State), ContentDigest: t.ContentDigest, OpenedAt: ms(t.OpenedAt),
		ExpiresAt: ms(t.ExpiresAt), AnsweredAt: ms(t.AnsweredAt),
	}}
	r.Tag = s.tag(r)
	var err error
	if r.Signer, err = sealDocument(key, todoAAD("signer_cipher", t.ID), t.Signer); err != nil {
		return todoRow{}, err
	}
	if r.Headline, err = sealHeadline(key, t); err != nil {
		return todoRow{}, err
	}
	if r.Content, err = sealJSON(key, todoAAD("content_cipher", t.ID), t.Content); err != nil {
		return todoRow{}, err
	}
	r.Salt, err = sealJSON(key, todoAAD("salt_cipher", t.ID), t.ContentSalt)
	return r, err
}

const insertTodos = `INSERT INTO todos (id, case_row, registry_id, case_id, signer_id, subject_id, revision, state, content_digest,
	signer_cipher, headline_cipher, content_cipher, salt_cipher, opened_at, expires_at, answered_at, tag)`

// values returns the values of the columns of insertTodos.
func (r todoRow) values() []any {
	return []any{
		r.ID, r.CaseRow, r.RegistryID, r.CaseID, r.SignerID, r.SubjectID, r.Revision, r.State, r.ContentDigest,
		r.Signer, r.Headline, r.Content, r.Salt, r.OpenedAt, r.ExpiresAt, r.AnsweredAt, r.Tag,
	}
}
