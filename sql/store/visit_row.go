package store

import (
	"renzheng/keyring"
	"renzheng/window"
)

// visitState is a row of visits without what is sealed.
type visitState struct {
	ID         string `db:"id"`
	Office     string `db:"office"`
	State      string `db:"state"`
	FoundBy    string `db:"found_by"`
	FoundID    string `db:"found_id"`
	RegistryID string `db:"registry_id"`
	CaseID     string `db:"case_id"`
	CaseRow    string `db:"case_row"`
	SubjectID  string `db:"subject_id"`
	Reason     string `db:"reason"`
	Minor      int64  `db:"minor"`
	Unable     int64  `db:"unable"`
	OpenedBy   string `db:"opened_by"`
	OpenedAt   int64  `db:"opened_at"`
	VerifiedBy string `db:"verified_by"`
	Verifier   rowTag `db:"verifier_hash"` // not a tag, but bytes that may be empty as well
	VerifiedAt int64  `db:"verified_at"`
	ApprovedBy string `db:"approved_by"`
	ApprovedAt int64  `db:"approved_at"`
	ShownAt    int64  `db:"shown_at"`
	ExpiresAt  int64  `db:"expires_at"`
	EndedAt    int64  `db:"ended_at"`
	Outcome    string `db:"outcome"`
	Tag        rowTag `db:"tag"`
}

const visitColumns = `v.id, v.office, v.state, v.found_by, v.found_id, v.registry_id, v.case_id, v.case_row, v.subject_id, v.reason, v.minor, v.unable,
	v.opened_by, v.opened_at, v.verified_by, v.verifier_hash, v.verified_at, v.approved_by, v.approved_at, v.shown_at, v.expires_at, v.ended_at, v.outcome, v.tag`

func (r visitState) place() AlteredError { return AlteredError{"visits", r.ID} }

func (r visitState) stored() []byte { return r.Tag }

func (r visitState) content() keyring.TagContent {
	return keyring.NewTagContent("visits").
		Text(r.ID, r.Office, r.State, r.FoundBy, r.FoundID, r.RegistryID, r.CaseID, r.CaseRow, r.SubjectID, r.Reason).Number(r.Minor, r.Unable).
		Text(r.OpenedBy).Number(r.OpenedAt).Text(r.VerifiedBy, string(r.Verifier)).Number(r.VerifiedAt).Text(r.ApprovedBy).
		Number(r.ApprovedAt, r.ShownAt, r.ExpiresAt, r.EndedAt).Text(r.Outcome)
}

func (r visitState) visit() window.Visit {
	return window.Visit{
		ID: r.ID, Office: r.Office, State: window.State(r.State), FoundBy: window.FoundBy(r.FoundBy), FoundID: r.FoundID,
		RegistryID: r.RegistryID, CaseID: r.CaseID, CaseRow: r.CaseRow, SubjectID: r.SubjectID, Reason: r.Reason,
		Minor: r.Minor == 1, Unable: r.Unable == 1, OpenedBy: r.OpenedBy, OpenedAt: fromMs(r.OpenedAt),
		VerifiedBy: r.VerifiedBy, VerifiedAt: fromMs(r.VerifiedAt), ApprovedBy: r.ApprovedBy, ApprovedAt: fromMs(r.ApprovedAt),
		ShownAt: fromMs(r.ShownAt), ExpiresAt: fromMs(r.ExpiresAt), EndedAt: fromMs(r.EndedAt), Outcome: r.Outcome,
	}
}

func visitAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "visits", Column: "evidence_cipher", Row: id}
}

func flag(set bool) int64 { //nolint:revive // flag-parameter: the value to store
	if set {
		return 1
	}
	return 0
}
