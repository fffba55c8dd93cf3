package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// attemptState is a row of attempts without what is sealed, and without what only serves the worker. The quotas that it
// reserved are not authenticated: like all counts of tries, they give no authority.
type attemptState struct {
	ID             string  `db:"id"`
	VerificationID string  `db:"verification_id"`
	SessionID      string  `db:"session_id"`
	AccountID      string  `db:"account_id"`
	SubjectID      string  `db:"subject_id"`
	Kind           string  `db:"kind"`
	Provider       string  `db:"provider"`
	ProviderID     *string `db:"provider_id"`
	Level          string  `db:"level"`
	State          string  `db:"state"`
	Failure        string  `db:"failure"`
	Result         string  `db:"result"`
	Counted        bool    `db:"counted"`
	Undecided      bool    `db:"undecided"`
	StartedAt      int64   `db:"started_at"`
	ExpiresAt      int64   `db:"expires_at"`
	SettledAt      int64   `db:"settled_at"`
	Tag            rowTag  `db:"tag"`
}

const (
	attemptColumns = `a.id, a.verification_id, a.session_id, a.account_id, a.subject_id, a.kind, a.provider, a.provider_id,
		a.level, a.state, a.failure, a.result, a.counted, a.undecided, a.started_at, a.expires_at, a.settled_at, a.tag`

	// attemptOf are the columns of an attempt that is read along with another row, for a field whose name is "a".
	attemptOf = `a.id AS 'a.id', a.verification_id AS 'a.verification_id', a.session_id AS 'a.session_id', a.account_id AS 'a.account_id',
		a.subject_id AS 'a.subject_id', a.kind AS 'a.kind', a.provider AS 'a.provider', a.provider_id AS 'a.provider_id',
		a.level AS 'a.level', a.state AS 'a.state', a.failure AS 'a.failure', a.result AS 'a.result', a.counted AS 'a.counted',
		a.undecided AS 'a.undecided', a.started_at AS 'a.started_at', a.expires_at AS 'a.expires_at', a.settled_at AS 'a.settled_at',
		a.tag AS 'a.tag'`
)

func (r attemptState) place() AlteredError { return AlteredError{"attempts", r.ID} }

func (r attemptState) stored() []byte { return r.Tag }

func (r attemptState) content() keyring.TagContent {
	c := keyring.NewTagContent("attempts").Text(r.ID, r.VerificationID, r.SessionID, r.AccountID, r.SubjectID, r.Kind, r.Provider)
	if r.ProviderID == nil {
		c = c.Null()
	} else {
		c = c.Text(*r.ProviderID)
	}
	return c.Text(r.Level, r.State, r.Failure, r.Result).Flag(r.Counted, r.Undecided).Number(r.StartedAt, r.ExpiresAt, r.SettledAt)
}

// heldAttempt is an attempt with the quotas that it reserved, as a transaction read it to change it.
type heldAttempt struct {
	attemptState

	Budgets []byte `db:"budgets"`
}

// readAttempt reads an attempt to change it. errNotOne if it does not exist.
func (s *Store) readAttempt(ctx context.Context, tx *sqlx.Tx, id string) (heldAttempt, error) {
	var a heldAttempt
	err := tx.GetContext(ctx, &a, "SELECT "+attemptColumns+", a.budgets FROM attempts a WHERE a.id = ?", id)
	if noRow(err) {
		err = errNotOne
	}
	if err == nil {
		err = s.verify(ctx, tx, a.attemptState)
	}
	return a, err
}
