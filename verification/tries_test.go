package verification_test

import (
	"strings"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

func TestBudgetsOf(t *testing.T) {
	t.Parallel()
	v := verification.Verification{AccountID: "acc_1", SubjectID: "sub_2"}
	for _, tt := range []struct {
		name string
		kind policy.CheckKind
		want string
	}{
		{"a face", policy.Face, "face|acc_1|sub_2, starts|face|acc_1 keep, face|all|sub_2 hidden"},
		{"four elements", policy.FourElements, "four_elements|acc_1|sub_2, starts|four_elements|acc_1 keep, four_elements|all|sub_2 hidden"},
		{"a document", policy.DocumentCheck, "document|acc_1|sub_2, starts|document|acc_1 keep, document|all|sub_2 hidden"},
		{"a bank card", policy.BankCard, "bank_card|acc_1|sub_2, starts|bank_card|acc_1 keep, bank_card|all|sub_2 hidden, card sent card"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			all := func() []policy.Quota {
				return verification.QuotasOf(policy.DefaultLimits(), v, tt.kind)
			}
			if got := describe(all()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := describe(verification.Unhidden(all())); strings.Contains(got, "all|") {
				t.Errorf("got %s, want a known person free of what strangers use up", got)
			}
			if got := verification.Own(all()); len(got) != 2 {
				t.Errorf("got %s, want only the person's own to be shown", describe(got))
			}
		})
	}
}

func describe(budgets []policy.Quota) string {
	out := make([]string, len(budgets))
	for i, b := range budgets {
		out[i] = b.Scope
		for _, mark := range []struct {
			set  bool
			name string
		}{{b.Keep, " keep"}, {b.Hidden, " hidden"}, {b.Sent, " sent"}, {b.ByCard, " card"}} {
			if mark.set {
				out[i] += mark.name
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestTriesOf(t *testing.T) {
	t.Parallel()
	budgets := []policy.Quota{{Limit: 5}, {Limit: 10}}
	in, later := noon.Add(time.Hour), noon.Add(2*time.Hour)
	for _, tt := range []struct {
		name   string
		states []policy.QuotaState
		want   policy.Tries
	}{
		{"nothing used", []policy.QuotaState{{}, {}}, policy.Tries{Left: 5}},
		{"the scarcest decides", []policy.QuotaState{{Used: 3, EndsAt: in}, {Used: 9, EndsAt: later}}, policy.Tries{Left: 1}},
		{"a window that is over is forgotten", []policy.QuotaState{{Used: 5, EndsAt: noon}, {}}, policy.Tries{Left: 5}},
		{"one is used up", []policy.QuotaState{{Used: 5, EndsAt: in}, {Used: 5, EndsAt: later}}, policy.Tries{NextAt: in}},
		{"both are used up", []policy.QuotaState{{Used: 5, EndsAt: in}, {Used: 10, EndsAt: later}}, policy.Tries{NextAt: later}},
		{"more used than allowed", []policy.QuotaState{{Used: 9, EndsAt: in}, {}}, policy.Tries{NextAt: in}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := verification.TriesOf(budgets, tt.states, noon); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// The end of a window that strangers opened would tell when they tried.
func TestExhausted_HidesOthers(t *testing.T) {
	t.Parallel()
	hidden := policy.Quota{Hidden: true, Window: 24 * time.Hour}
	got := verification.Exhausted(&verification.ExhaustedError{Quota: hidden, NextAt: noon.Add(time.Hour)}, noon)
	if !got.NextAt.Equal(noon.Add(24 * time.Hour)) {
		t.Errorf("got %s, want a time that says nothing of others", got.NextAt)
	}
	own := verification.Exhausted(&verification.ExhaustedError{NextAt: noon.Add(time.Hour)}, noon)
	if !own.NextAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("got %s, want the person's own time", own.NextAt)
	}
}

func TestExhaustedError_Failure(t *testing.T) {
	t.Parallel()
	card := verification.ExhaustedError{Quota: policy.Quota{ByCard: true}}
	own := verification.ExhaustedError{}
	people := verification.ExhaustedError{Quota: verification.SubjectsQuota(policy.DefaultLimits(), "acc_1", noon)}
	if card.Failure() != failure.CardLocked || own.Failure() != failure.TriesExhausted ||
		people.Failure() != failure.AccountLimit {
		t.Errorf("got %s, %s and %s", card.Failure(), own.Failure(), people.Failure())
	}
}

func TestSubjectsQuota_EndsAtMidnightInBeijing(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 21, 15, 59, 0, 0, time.UTC) // a minute before midnight
	before := verification.SubjectsQuota(policy.DefaultLimits(), "acc_1", evening)
	after := verification.SubjectsQuota(policy.DefaultLimits(), "acc_1", evening.Add(time.Minute))
	if before.Window != time.Minute || after.Window != 24*time.Hour || before.Scope == after.Scope {
		t.Errorf("got %s for %v, then %s for %v; want a day each", before.Scope, before.Window, after.Scope, after.Window)
	}
}
