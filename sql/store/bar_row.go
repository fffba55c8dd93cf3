package store

import (
	"renzheng/bar"
	"renzheng/keyring"
)

// barRow is a row of bars.
type barRow struct {
	ID           string `db:"id"`
	SubjectID    string `db:"subject_id"`
	Reason       string `db:"reason"`
	Reference    string `db:"reference"`
	Until        int64  `db:"until"`
	State        string `db:"state"`
	ProposedBy   string `db:"proposed_by"`
	ProposerHash string `db:"proposer_hash"`
	ProposedAt   int64  `db:"proposed_at"`
	DecidedBy    string `db:"decided_by"`
	DecidedAt    int64  `db:"decided_at"`
	EndedBy      string `db:"ended_by"`
	EndedAt      int64  `db:"ended_at"`
	KeptFrom     int64  `db:"kept_from"`
	Tag          rowTag `db:"tag"`
}

const barColumns = `b.id, b.subject_id, b.reason, b.reference, b.until, b.state, b.proposed_by, b.proposer_hash, b.proposed_at, b.decided_by, b.decided_at,
	b.ended_by, b.ended_at, b.kept_from, b.tag`

func (r barRow) place() AlteredError { return AlteredError{"bars", r.ID} }

func (r barRow) stored() []byte { return r.Tag }

func (r barRow) content() keyring.TagContent {
	return keyring.NewTagContent("bars").Text(r.ID, r.SubjectID, r.Reason, r.Reference).Number(r.Until).
		Text(r.State, r.ProposedBy, r.ProposerHash).Number(r.ProposedAt).Text(r.DecidedBy).Number(r.DecidedAt).
		Text(r.EndedBy).Number(r.EndedAt, r.KeptFrom)
}

func (r barRow) bar() bar.Bar {
	return bar.Bar{
		Term: bar.Term{Reason: bar.Code(r.Reason), Until: fromMs(r.Until)}, ID: r.ID, Reference: r.Reference, State: bar.State(r.State), ProposedBy: r.ProposedBy, ProposedAt: fromMs(r.ProposedAt),
		DecidedBy: r.DecidedBy, DecidedAt: fromMs(r.DecidedAt), EndedBy: r.EndedBy, EndedAt: fromMs(r.EndedAt),
	}
}
