package bar_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/bar"
	"renzheng/identity"
)

func TestCheck_RejectsWhatNobodyMayPropose(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)
	d, err := identity.ParseDocument(identity.ResidentID, "11010519491231002X", "张三")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(p *bar.Proposal)
		want   error
	}{
		"a proposal":                     {func(*bar.Proposal) {}, nil},
		"the longest term":               {func(p *bar.Proposal) { p.Until = now.Add(bar.Longest) }, nil},
		"the number typed differently":   {func(p *bar.Proposal) { p.Again = identity.Number{} }, bar.ErrDiffers},
		"an unknown reason":              {func(p *bar.Proposal) { p.Reason = "dislike" }, bar.ErrReason},
		"an end now":                     {func(p *bar.Proposal) { p.Until = now }, bar.ErrTerm},
		"an end too far away":            {func(p *bar.Proposal) { p.Until = now.Add(bar.Longest + 1) }, bar.ErrTerm},
		"no reference":                   {func(p *bar.Proposal) { p.Reference = "" }, bar.ErrReference},
		"markup as reference":            {func(p *bar.Proposal) { p.Reference = "<b>1</b>" }, bar.ErrReference},
		"the person's number":            {func(p *bar.Proposal) { p.Reference = "11010519491231002x" }, bar.ErrReference},
		"another person's number":        {func(p *bar.Proposal) { p.Reference = "11010519900307881X" }, bar.ErrReference},
		"a number with hyphens, spelled": {func(p *bar.Proposal) { p.Reference = "110105-19491231-002X" }, bar.ErrReference},
	} {
		p := bar.Proposal{Term: bar.Term{Reason: "impersonation", Until: now.Add(time.Hour)}, Document: d, Again: d.Number, Reference: "cfm_1", Now: now}
		tt.change(&p)
		if err := p.Check(); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
}

func TestReasons_AreKnownByTheirCodes(t *testing.T) {
	t.Parallel()
	for _, r := range bar.Reasons() {
		if found, ok := bar.Lookup(r.Code); !ok || found != r {
			t.Errorf("%s is not found", r.Code)
		}
	}
	if _, ok := bar.Lookup("dislike"); ok {
		t.Error("an unknown reason is found")
	}
}
