package bff_test

import (
	"net/http"
	"slices"
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

// Each reading of an appeal is shown to its person, those of one that is about no verification too, which names nobody.
func TestAccesses_ShowWhoReadAnAppeal(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.lived(t)
	var read []object
	for _, a := range p.get(t, "/v1/me/accesses").list(t, "accesses") {
		if a["confirmation_id"] == nil {
			read = append(read, a)
		}
	}
	if len(read) != 3 || textOf(read[0], "purpose") == "" {
		t.Errorf("got %v, want the readings of both reviewers", read)
	}
	held := p.get(t, "/v1/me/data").list(t, "holdings")
	if !slices.ContainsFunc(held, func(h object) bool { return h["code"] == "reveals" && h["count"] == float64(3) }) {
		t.Errorf("the readings are not counted among what is stored: %v", held)
	}
}
