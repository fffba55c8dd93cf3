package store

import (
	"renzheng/keyring"
	"renzheng/rulebook"
)

// ruleRow is a row of rule_versions without its content, which the digest authenticates.
type ruleRow struct {
	ID          string `db:"id"`
	Kind        string `db:"kind"`
	Number      int64  `db:"number"`
	Base        int64  `db:"base"`
	Digest      string `db:"digest"`
	Note        string `db:"note"`
	State       string `db:"state"`
	ProposedBy  string `db:"proposed_by"`
	Proposer    rowTag `db:"proposer_hash"` // not a tag, but bytes that may be empty as well
	ProposedAt  int64  `db:"proposed_at"`
	ApprovedBy  string `db:"approved_by"`
	ApprovedAt  int64  `db:"approved_at"`
	Effective   int64  `db:"effective_from"`
	WithdrawnBy string `db:"withdrawn_by"`
	Withdrawer  rowTag `db:"withdrawer_hash"`
	WithdrawnAt int64  `db:"withdrawn_at"`
	EndNote     string `db:"withdraw_note"`
	ReviewedBy  string `db:"reviewed_by"`
	ReviewedAt  int64  `db:"reviewed_at"`
	Tag         rowTag `db:"tag"`
}

const ruleColumns = `id, kind, number, base, digest, note, state, proposed_by, proposer_hash, proposed_at, approved_by, approved_at, effective_from,
	withdrawn_by, withdrawer_hash, withdrawn_at, withdraw_note, reviewed_by, reviewed_at, tag`

func (r ruleRow) place() AlteredError { return AlteredError{"rule_versions", r.ID} }

func (r ruleRow) stored() []byte { return r.Tag }

func (r ruleRow) content() keyring.TagContent {
	content := keyring.NewTagContent("rule_versions").Text(r.ID, r.Kind).Number(r.Number, r.Base).Text(r.Digest, r.Note, r.State, r.ProposedBy, string(r.Proposer)).
		Number(r.ProposedAt).Text(r.ApprovedBy).Number(r.ApprovedAt, r.Effective).Text(r.WithdrawnBy, string(r.Withdrawer)).Number(r.WithdrawnAt).
		Text(r.ReviewedBy).Number(r.ReviewedAt)
	if r.EndNote != "" { // rows of earlier releases have tags without it
		content = content.Text(r.EndNote)
	}
	return content
}

func (r ruleRow) version() rulebook.Version {
	return rulebook.Version{
		ID: r.ID, Kind: rulebook.Kind(r.Kind), Number: r.Number, Base: r.Base, Digest: r.Digest, Note: r.Note, State: rulebook.State(r.State),
		ProposedBy: r.ProposedBy, ProposedAt: fromMs(r.ProposedAt), ApprovedBy: r.ApprovedBy, ApprovedAt: fromMs(r.ApprovedAt), EffectiveFrom: fromMs(r.Effective),
		WithdrawnBy: r.WithdrawnBy, WithdrawnAt: fromMs(r.WithdrawnAt), EndNote: r.EndNote, ReviewedBy: r.ReviewedBy, ReviewedAt: fromMs(r.ReviewedAt),
	}
}
