package bff_test

import (
	"net/http"
	"testing"
)

func TestAccesses_ShowWhoFetchedEvidence(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.signed(t)
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 0 {
		t.Errorf("got %v, want nobody yet", got)
	}
	for range 2 {
		w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	}
	got := p.get(t, "/v1/me/accesses").list(t, "accesses")
	if len(got) != 1 || got[0]["times"] != float64(2) || textOf(got[0], "office") == "" || textOf(got[0], "purpose") == "" {
		t.Errorf("got %v, want one office, twice", got)
	}
}
