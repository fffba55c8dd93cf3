package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/retention"
	"renzheng/todo"
)

func TestRetentionPlan_IsPrinted(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	for _, command := range []string{"retention plan", "retention plan --json", "retention plan --retention.case-days 2000"} {
		if err := o.run(command); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
	wantError(t, o.run("retention plan --retention.case-days 1094 --retention.visit-days 6"),
		"BFF_RETENTION_CASE_DAYS: must be at least 1095", "BFF_RETENTION_VISIT_DAYS: must be at least 7")
	broken := filepath.Join(t.TempDir(), "registries.json")
	if err := os.WriteFile(broken, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, o.run("retention plan --registries "+broken), "BFF_REGISTRIES")
}

func TestWritePlan_NamesWhatSetsEachPeriod(t *testing.T) {
	t.Parallel()
	plan := []retention.Planned{
		{Class: retention.Portraits},
		{Class: retention.AnsweredCases, Registry: "sd", Period: 3650 * 24 * time.Hour, SetBy: retention.SetByRegistry, Now: 1, In30: 2, In90: 3, Held: 4},
		{Class: retention.Sessions, Period: 30 * 24 * time.Hour, SetBy: "VisitDays"},
		{Class: retention.Nonces},
	}
	var table, lines strings.Builder
	if err := writePlan(&table, plan); err != nil {
		t.Fatal(err)
	}
	if err := writePlanLines(&lines, plan); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"BFF_PORTRAIT_DAYS", "3650 days", "retention_days", "BFF_RETENTION_VISIT_DAYS", "30 days", "as each row says", "fixed"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("got no %q in\n%s", want, table.String())
		}
	}
	const want = `{"class":"answered_cases","registry":"sd","period_days":3650,"set_by":"retention_days","due_now":1,"due_in_30_days":2,"due_in_90_days":3,"held":4}`
	if !strings.Contains(lines.String(), want+"\n") {
		t.Errorf("got\n%s\nwant %s", lines.String(), want)
	}
}

// Each name of a setting in a plan is a variable.
func TestRetentionSetting_IsAVariable(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"VisitDays", "ProofDays", "CaseDays", "UnansweredDays", "AccountDays", "AgreementDays", "MessageDays", "PhotoDays", "EventDays"} {
		if got := config.RetentionSetting(field); !strings.HasPrefix(got, "BFF_RETENTION_") {
			t.Errorf("%s: got %q", field, got)
		}
	}
}

// caseOf stores a case without signers.
func (o operator) caseOf(t *testing.T, registry, caseID string) {
	t.Helper()
	ring, err := o.storage.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), o.storage, ring, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = db.ApplyCase(t.Context(), todo.CasePlan{Now: time.Now(), Case: todo.Case{
		ID: "cas_" + strings.Repeat("0", 32), RegistryID: registry, CaseID: caseID, Revision: 1, State: todo.CaseOpen,
		PushDigest: strings.Repeat("d", 43), ReceivedAt: time.Now(),
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func (o operator) holds(t *testing.T) []retention.Hold {
	t.Helper()
	ring, err := o.storage.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), o.storage, ring, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	all, err := db.Holds(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestHold_IsPlacedListedAndLifted(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.caseOf(t, "sd", "2026-1")
	if err := o.run("hold place sd 2026-1", "--ground", "第十七号", "--by", "李"); err != nil {
		t.Fatal(err)
	}
	all := o.holds(t)
	if len(all) != 1 || all[0].Kind != retention.HoldCase || all[0].Ground != "第十七号" || all[0].PlacedBy != "李" || !all[0].LiftedAt.IsZero() {
		t.Fatalf("got %+v, want the hold", all)
	}
	for _, command := range []string{"hold list", "hold list --all --json", "hold lift " + all[0].ID + " --by 王", "hold list --all"} {
		if err := o.run(command); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
	wantError(t, o.run("hold lift "+all[0].ID+" --by 王"), "no hold of this id is in force")
	if all = o.holds(t); all[0].LiftedBy != "王" || all[0].LiftedAt.IsZero() {
		t.Errorf("got %+v, want it lifted", all[0])
	}
	var table, lines strings.Builder
	if err := writeHolds(&table, all); err != nil || !strings.Contains(table.String(), "2026-1") {
		t.Errorf("got %q, %v", table.String(), err)
	}
	if err := writeHoldLines(&lines, all); err != nil || !strings.Contains(lines.String(), `"lifted_by":"王"`) {
		t.Errorf("got %q, %v", lines.String(), err)
	}
}

func TestHold_NeedsGroundNameAndCase(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	wantError(t, o.run("hold place sd 2026-1 --by x"), "--ground")
	wantError(t, o.run("hold place sd 2026-1 --ground x"), "--by")
	wantError(t, o.run("hold lift hld_1"), "--by")
	wantError(t, o.run("hold place sd 2026-1", "--ground", "", "--by", "a\nb"), "--ground must be one line", "--by must be one line")
	wantError(t, o.run("hold place sd 2026-1 s0 --ground x --by y"), "no such case or signer")
}
