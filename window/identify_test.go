package window_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// refusing is a store that nothing may reach: what was typed is checked first.
type refusing struct{ window.VisitStore }

var errReached = errors.New("the store was reached")

func (refusing) IdentifyVisit(context.Context, window.Identification) (window.Visit, error) {
	return window.Visit{}, errReached
}

func noon() time.Time { return time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC) }

func document(t *testing.T, born, name string) identity.Document {
	t.Helper()
	body := "110101" + born + "001"
	check, _ := identity.CheckCharacter(body)
	d, err := identity.ParseDocument(identity.ResidentID, body+string(check), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestIdentify_ChecksWhatWasTyped(t *testing.T) {
	t.Parallel()
	policy, err := window.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	s := window.New(window.Deps{Visits: refusing{}, Policy: policy, Clock: noon, Rand: rand.Reader})
	clerk := staff.Member{ID: "stf_1", Roles: []staff.Role{staff.Clerk}, Office: "hall-1"}
	adult, minor, child := document(t, "19900101", "张三"), document(t, "20101122", "李四"), document(t, "20121122", "王五")
	parent := func(d identity.Document, relation string) *window.Guardian {
		return &window.Guardian{Document: d, Relation: relation}
	}
	fine := func(d identity.Document) window.Seen {
		return window.Seen{RegistryID: "sd", CaseID: "c", Document: d, Again: d.Number, Reason: "no_smartphone"}
	}
	for name, tt := range map[string]struct {
		of     identity.Document
		change func(*window.Seen)
		want   error
	}{
		"an adult":                        {adult, func(*window.Seen) {}, errReached},
		"a number typed differently":      {adult, func(s *window.Seen) { s.Again = minor.Number }, window.ErrTypedDifferently},
		"an unknown reason":               {adult, func(s *window.Seen) { s.Reason = "because" }, window.ErrReason},
		"no reason":                       {adult, func(s *window.Seen) { s.Reason = "" }, window.ErrReason},
		"an adult as a minor":             {adult, func(s *window.Seen) { s.Reason = "minor" }, window.ErrNotMinor},
		"a minor as a minor":              {minor, func(s *window.Seen) { s.Reason, s.Guardian = "minor", parent(adult, "parent") }, errReached},
		"a minor alone":                   {minor, func(*window.Seen) {}, window.ErrGuardian},
		"a minor with a parent":           {minor, func(s *window.Seen) { s.Guardian = parent(adult, "parent") }, errReached},
		"a minor with another minor":      {minor, func(s *window.Seen) { s.Guardian = parent(document(t, "20090101", "赵六"), "sibling") }, window.ErrGuardian},
		"a minor with themselves":         {minor, func(s *window.Seen) { s.Guardian = parent(minor, "parent") }, window.ErrGuardian},
		"an unknown relation":             {minor, func(s *window.Seen) { s.Guardian = parent(adult, "friend") }, window.ErrGuardian},
		"an adult with a guardian":        {adult, func(s *window.Seen) { s.Guardian = parent(minor, "parent") }, window.ErrGuardian},
		"under fourteen":                  {child, func(s *window.Seen) { s.Guardian = parent(adult, "parent") }, window.ErrTooYoung},
		"cannot write, nobody is present": {adult, func(s *window.Seen) { s.Unable = true }, window.ErrWitness},
		"cannot write, with a witness":    {adult, func(s *window.Seen) { s.Unable, s.Witness = true, identity.NewSecret("赵六") }, errReached},
		"a witness without need":          {adult, func(s *window.Seen) { s.Witness = identity.NewSecret("赵六") }, window.ErrWitness},
		"a witness with markup":           {adult, func(s *window.Seen) { s.Unable, s.Witness = true, identity.NewSecret("\u202e赵") }, window.ErrWitness},
	} {
		seen := fine(tt.of)
		tt.change(&seen)
		if _, err := s.Identify(t.Context(), clerk, "vis_1", seen); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	for name, m := range map[string]staff.Member{
		"a supervisor": {ID: "stf_1", Roles: []staff.Role{staff.Supervisor}, Office: "hall-1"}, "no office": {ID: "stf_1", Roles: []staff.Role{staff.Clerk}},
	} {
		if _, err := s.Identify(t.Context(), m, "vis_1", fine(adult)); !errors.Is(err, window.ErrRole) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// What is sealed is read back, and the commitment of the ledger is to all of it.
func TestEvidence_IsCommittedTo(t *testing.T) {
	t.Parallel()
	e := window.Evidence{
		Document: document(t, "20101122", "李四"), Guardian: &window.Guardian{Document: document(t, "19900101", "张三"), Relation: "parent"}, Witness: "赵六",
	}
	plain, err := e.Plain()
	if err != nil {
		t.Fatal(err)
	}
	back, err := window.EvidenceOf(plain)
	if err != nil || !back.Document.Same(e.Document) || back.Guardian == nil || !back.Guardian.Document.Same(e.Guardian.Document) || back.Witness != e.Witness {
		t.Errorf("got %v, %v", back, err)
	}
	first, _ := e.Commit([]byte("salt"))
	other, _ := e.Commit([]byte("another salt"))
	e.Witness = ""
	changed, _ := e.Commit([]byte("salt"))
	if first == other || first == changed || len(first) != 43 {
		t.Errorf("got %s, %s, %s", first, other, changed)
	}
}

func TestReadPolicy_RejectsWhatIsIncomplete(t *testing.T) {
	t.Parallel()
	const text = `{"zh-Hans":"a","zh-Hant":"a","en":"a"}`
	for name, policy := range map[string]string{
		"no reasons":     `{"reasons":[]}`,
		"a missing text": `{"reasons":[{"code":"a","text":{"zh-Hans":"a","zh-Hant":"a","en":""}}]}`,
		"a code twice":   `{"reasons":[{"code":"a","text":` + text + `},{"code":"a","text":` + text + `}]}`,
		"words as code":  `{"reasons":[{"code":"A b","text":` + text + `}]}`,
		"a new member":   `{"reasons":[{"code":"a","text":` + text + `}],"four_eyes":false}`,
	} {
		if _, err := window.ReadPolicy([]byte(policy)); err == nil {
			t.Errorf("%s: it was accepted", name)
		}
	}
	if _, err := window.ReadPolicy([]byte(`{"reasons":[{"code":"a","text":` + text + `}]}`)); err != nil {
		t.Error(err)
	}
}
