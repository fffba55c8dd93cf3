package store

import "renzheng/keyring"

// tokenRow is what of a session decides who it belongs to. How long it may be idle is not among that: it moves with
// requests, and never beyond until.
type tokenRow struct {
	ID        string `db:"id"`
	TokenHash []byte `db:"token_hash"`
	AccountID string `db:"account_id"`
	Platform  string `db:"platform"`
	Version   string `db:"version"`
	CreatedAt int64  `db:"created_at"`
	Until     int64  `db:"until"`
	RevokedAt int64  `db:"revoked_at"`
	Tag       rowTag `db:"tag"`
}

const selectOpen = "SELECT id, token_hash, account_id, platform, version, created_at, until, revoked_at, tag FROM sessions WHERE id = ? AND revoked_at = 0"

func (r tokenRow) place() AlteredError { return AlteredError{"sessions", r.ID} }

func (r tokenRow) stored() []byte { return r.Tag }

func (r tokenRow) content() keyring.TagContent {
	return keyring.NewTagContent("sessions").Text(r.ID, string(r.TokenHash), r.AccountID, r.Platform, r.Version).
		Number(r.CreatedAt, r.Until, r.RevokedAt)
}
