package store

import "renzheng/keyring"

// grantRow is a row of grants without its document.
type grantRow struct {
	ID             string `db:"id"`
	SessionID      string `db:"session_id"`
	AccountID      string `db:"account_id"`
	SubjectID      string `db:"subject_id"`
	VerificationID string `db:"verification_id"`
	PortraitID     string `db:"portrait_id"`
	StartsAt       int64  `db:"starts_at"`
	Until          int64  `db:"until"`
	EndedAt        int64  `db:"ended_at"`
	Tag            rowTag `db:"tag"`
}

const (
	grantColumns = `g.id, g.session_id, g.account_id, g.subject_id, g.verification_id, g.portrait_id, g.starts_at, g.until, g.ended_at, g.tag`

	// grantOf are the columns of a grant that is read along with another row, for a field whose name is "g".
	grantOf = `g.id AS 'g.id', g.session_id AS 'g.session_id', g.account_id AS 'g.account_id', g.subject_id AS 'g.subject_id',
		g.verification_id AS 'g.verification_id', g.portrait_id AS 'g.portrait_id', g.starts_at AS 'g.starts_at', g.until AS 'g.until',
		g.ended_at AS 'g.ended_at', g.tag AS 'g.tag'`
)

func (r grantRow) place() AlteredError { return AlteredError{"grants", r.ID} }

func (r grantRow) stored() []byte { return r.Tag }

func (r grantRow) content() keyring.TagContent {
	return keyring.NewTagContent("grants").Text(r.ID, r.SessionID, r.AccountID, r.SubjectID, r.VerificationID, r.PortraitID).
		Number(r.StartsAt, r.Until, r.EndedAt)
}
