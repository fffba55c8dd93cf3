package storetest_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/ledger"
	"renzheng/rulebook"
	"renzheng/staff"
)

func operator(n int) staff.Member {
	return staff.Member{ID: fmt.Sprintf("stf_%032x", n), Roles: []staff.Role{staff.Operator}, Subject: strings.Repeat(fmt.Sprintf("%02x", n), 32)}
}

// ruleEntry numbers the entries of a test.
var ruleEntry atomic.Int64

func (f *fixture) ruleDraft(m staff.Member, kind ledger.Kind, id string) ledger.Draft {
	return ledger.Draft{ID: fmt.Sprintf("led_%032x", 1<<41+ruleEntry.Add(1)), At: f.now, Kind: kind, Office: rulebook.NoOffice, Member: m.ID, Reference: id}
}

// proposed stores a proposal.
func (f *fixture) proposed(t *testing.T, by staff.Member, n int) rulebook.Version {
	t.Helper()
	content := fmt.Appendf(nil, `{"n":%d}`, n)
	v := rulebook.Version{
		ID: fmt.Sprintf("rul_%032x", n), Kind: rulebook.FAQ, Content: content, Digest: rulebook.DigestOf(content), Note: "改正错字", State: rulebook.Proposed,
		ProposedBy: by.ID, ProposedAt: f.now, Base: f.lastRules(t),
	}
	stored, err := f.store.ProposeVersion(t.Context(), v, by, f.ruleDraft(by, rulebook.KindProposed, v.ID))
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// lastRules returns the number of the questions that were approved last.
func (f *fixture) lastRules(t *testing.T) int64 {
	t.Helper()
	v, _ := rulebook.Last(must[[]rulebook.Version](t)(f.store.ApprovedVersions(t.Context())))
	return v.Number
}

func (f *fixture) ruleAct(m staff.Member, v rulebook.Version, kind ledger.Kind) rulebook.Act {
	return rulebook.Act{VersionID: v.ID, Member: m, Now: f.now, Entry: f.ruleDraft(m, kind, v.ID)}
}

func (f *fixture) approve(m staff.Member, v rulebook.Version) error {
	_, err := f.replica.ApproveVersion(f.t.Context(), f.ruleAct(m, v, rulebook.KindApproved))
	return err
}

func (f *fixture) rollBack(m staff.Member, v rulebook.Version) error {
	act := f.ruleAct(m, v, rulebook.KindRolledBack)
	act.Note = "说明有误"
	ended, err := f.store.RollBackVersion(f.t.Context(), act)
	if err == nil {
		stored, readErr := f.replica.Version(f.t.Context(), v.ID) // whose tag fits
		if readErr != nil || ended.EndNote != act.Note || stored.EndNote != act.Note {
			f.t.Errorf("got %q and %q, %v, want why it was rolled back", ended.EndNote, stored.EndNote, readErr)
		}
	}
	return err
}

// numberInForce returns the number of the version in force; 0 = none.
func (f *fixture) numberInForce(t *testing.T) int64 {
	t.Helper()
	all, err := f.replica.ApprovedVersions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, _ := rulebook.InForce(all, f.now)
	return v.Number
}

func TestRuleVersion_NeedsTwoPersons(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		v := f.proposed(t, operator(1), 1)
		alias := operator(9)
		alias.Subject = operator(1).Subject
		for name, m := range map[string]staff.Member{"the same member": operator(1), "another account of the same person": alias} {
			if err := f.approve(m, v); !errors.Is(err, rulebook.ErrFourEyes) {
				t.Errorf("%s: got %v, want ErrFourEyes", name, err)
			}
		}
		if got := f.numberInForce(t); got != 0 {
			t.Errorf("got version %d in force, want none", got)
		}
		unknown := operator(2)
		unknown.Subject = ""
		if err := f.approve(unknown, v); err != nil {
			t.Fatal(err)
		}
		if err := f.approve(operator(3), v); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("approving again: got %v, want ErrState", err)
		}
		got, err := f.replica.Version(t.Context(), v.ID)
		if err != nil || f.numberInForce(t) != 1 || string(got.Content) != `{"n":1}` || got.ApprovedBy != unknown.ID || got.Note != "改正错字" {
			t.Errorf("got %+v, %v", got, err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE reference = '"+v.ID+"'"); n != 2 {
			t.Errorf("got %d entries of the ledger, want one of the proposal and one of the approval", n)
		}
	})
}

// A proposal that was made before another one was approved would undo that one.
func TestRuleVersion_OfTwoProposalsOneIsApproved(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		versions := []rulebook.Version{f.proposed(t, operator(1), 1), f.proposed(t, operator(1), 2), f.proposed(t, operator(1), 3)}
		var all sync.WaitGroup
		var approved, stale atomic.Int32
		for _, v := range versions {
			all.Go(func() {
				switch err := f.approve(operator(2), v); {
				case err == nil:
					approved.Add(1)
				case errors.Is(err, rulebook.ErrStale):
					stale.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if approved.Load() != 1 || stale.Load() != 2 {
			t.Errorf("got %d approved and %d stale, want 1 and 2", approved.Load(), stale.Load())
		}
	})
}

// approved returns so many versions that were approved one after the other.
func (f *fixture) approved(t *testing.T, n int) []rulebook.Version {
	t.Helper()
	var versions []rulebook.Version
	for i := range n {
		v := f.proposed(t, operator(1), i+1)
		if v.Number != int64(i+1) || v.Base != int64(i) {
			t.Errorf("got number %d on base %d", v.Number, v.Base)
		}
		if err := f.approve(operator(2), v); err != nil {
			t.Fatal(err)
		}
		versions = append(versions, v)
	}
	return versions
}

func TestRuleVersion_IsRolledBackByOneAndReviewedByAnother(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		versions := f.approved(t, 3)
		if err := f.rollBack(operator(1), versions[0]); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("a version that is not in force: got %v, want ErrState", err)
		}
		if err := f.rollBack(operator(1), versions[2]); err != nil || f.numberInForce(t) != 2 {
			t.Fatalf("got %v and version %d, want 2 in force", err, f.numberInForce(t))
		}
		if err := f.rollBack(operator(1), versions[1]); !errors.Is(err, rulebook.ErrUnreviewed) {
			t.Errorf("a second rollback: got %v, want ErrUnreviewed", err)
		}
		review := func(m staff.Member) error {
			_, err := f.store.ReviewRollback(t.Context(), f.ruleAct(m, versions[2], rulebook.KindReviewed))
			return err
		}
		if err := review(operator(1)); !errors.Is(err, rulebook.ErrFourEyes) {
			t.Errorf("reviewing the own rollback: got %v, want ErrFourEyes", err)
		}
		if err := review(operator(2)); err != nil {
			t.Fatal(err)
		}
		if err := review(operator(3)); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("a second review: got %v, want ErrState", err)
		}
		for _, v := range []rulebook.Version{versions[1], versions[0]} {
			if err := f.rollBack(operator(1), v); err != nil {
				t.Fatal(err)
			}
			must[rulebook.Version](t)(f.store.ReviewRollback(t.Context(), f.ruleAct(operator(2), v, rulebook.KindReviewed)))
		}
		if got := f.numberInForce(t); got != 0 {
			t.Errorf("got version %d in force, want what the server was started with", got)
		}
	})
}

func TestRuleVersion_TakesEffectWhenItIsDue(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first := f.proposed(t, operator(1), 1)
		if err := f.approve(operator(2), first); err != nil {
			t.Fatal(err)
		}
		content := []byte(`{}`)
		v := rulebook.Version{
			ID: "rul_" + strings.Repeat("a", 32), Kind: rulebook.FAQ, Content: content, Digest: rulebook.DigestOf(content), Note: "x", State: rulebook.Proposed,
			ProposedBy: operator(1).ID, ProposedAt: f.now, EffectiveFrom: f.now.Add(time.Hour), Base: first.Number,
		}
		v, err := f.store.ProposeVersion(t.Context(), v, operator(1), f.ruleDraft(operator(1), rulebook.KindProposed, v.ID))
		if err != nil {
			t.Fatal(err)
		}
		if err = f.approve(operator(2), v); err != nil || f.numberInForce(t) != 1 {
			t.Fatalf("got %v and version %d, want 1 in force", err, f.numberInForce(t))
		}
		if err = f.rollBack(operator(1), first); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("rolling back below an approved version: got %v, want ErrState", err)
		}
		f.now = f.now.Add(time.Hour)
		if got := f.numberInForce(t); got != 2 {
			t.Errorf("got version %d, want 2 in force", got)
		}
		if _, err = f.store.WithdrawVersion(t.Context(), f.ruleAct(operator(1), v, rulebook.KindWithdrawn)); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("withdrawing what is in force: got %v, want ErrState", err)
		}
		third := f.proposed(t, operator(1), 3)
		if _, err = f.store.WithdrawVersion(t.Context(), f.ruleAct(operator(1), third, rulebook.KindWithdrawn)); err != nil {
			t.Fatal(err)
		}
		if err = f.approve(operator(2), third); !errors.Is(err, rulebook.ErrState) {
			t.Errorf("approving what was withdrawn: got %v, want ErrState", err)
		}
	})
}

func TestRuleVersion_IsNotUsedAfterAChangeInTheDatabase(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		v := f.proposed(t, operator(1), 1)
		if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE rule_versions SET content = ?", []byte(`{"n":2}`)); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.Version(t.Context(), v.ID)
		wantAltered(t, "the content of a version", err)
		if _, err = f.store.Version(t.Context(), "rul_none"); !errors.Is(err, rulebook.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})
}
