package store

import (
	"database/sql"
	"errors"
	"strings"

	"renzheng/keyring"
	"renzheng/todo"
)

// todoState is a row of todos without what is sealed.
type todoState struct {
	ID            string `db:"id"`
	CaseRow       string `db:"case_row"`
	RegistryID    string `db:"registry_id"`
	CaseID        string `db:"case_id"`
	SignerID      string `db:"signer_id"`
	SubjectID     string `db:"subject_id"`
	Revision      int64  `db:"revision"`
	State         string `db:"state"`
	ContentDigest string `db:"content_digest"`
	OpenedAt      int64  `db:"opened_at"`
	ExpiresAt     int64  `db:"expires_at"`
	AnsweredAt    int64  `db:"answered_at"`
	Tag           rowTag `db:"tag"`
}

const todoColumns = `t.id, t.case_row, t.registry_id, t.case_id, t.signer_id, t.subject_id, t.revision, t.state, t.content_digest,
	t.opened_at, t.expires_at, t.answered_at, t.tag`

func (r todoState) place() AlteredError { return AlteredError{"todos", r.ID} }

func (r todoState) stored() []byte { return r.Tag }

func (r todoState) content() keyring.TagContent {
	return keyring.NewTagContent("todos").Text(r.ID, r.CaseRow, r.RegistryID, r.CaseID, r.SignerID, r.SubjectID).
		Number(r.Revision).Text(r.State, r.ContentDigest).Number(r.OpenedAt, r.ExpiresAt, r.AnsweredAt)
}

// ended returns the row as it is after an end.
func (r todoState) ended(state todo.State, answeredAt int64) todoState {
	r.State, r.AnsweredAt = string(state), answeredAt
	return r
}

// retagged are the tags of several todos before and after a change, for one statement that has the old ones in its WHERE.
type retagged struct {
	ids       []string
	each      string // of CASE id
	old, next []any  // its arguments
}

func (s *Store) retag(rows []todoState, change func(todoState) todoState) retagged {
	r := retagged{each: strings.Repeat(" WHEN ? THEN ?", len(rows))}
	for _, row := range rows {
		r.ids = append(r.ids, row.ID)
		r.old, r.next = append(r.old, row.ID, row.Tag), append(r.next, row.ID, s.tagAfter(row, change(row)))
	}
	return r
}

// exactly returns a function that returns errNotOne unless a statement matched n rows.
func exactly(n int) func(sql.Result, error) error {
	return func(result sql.Result, err error) error {
		matched, err := rowsMatched(result, err)
		if err == nil && matched != int64(n) {
			return errNotOne
		}
		return err
	}
}

var errNoStamp = errors.New("what is to be changed was not read from this store")

// readTodo returns the row that a stamp is of.
func readTodo(stamp todo.Stamp) (todoState, error) {
	row, ok := stamp.(todoState)
	if !ok {
		return todoState{}, errNoStamp
	}
	return row, nil
}
