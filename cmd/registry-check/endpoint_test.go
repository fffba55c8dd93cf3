package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
)

// readBack returns the report that a command wrote.
func readBack(t *testing.T, c signing) (report, string) {
	t.Helper()
	text, err := os.ReadFile(c.Report)
	if err != nil {
		t.Fatal(err)
	}
	r, id, err := readReport(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return r, id
}

func broken(r report) []string {
	var ids []string
	for _, x := range r.Results {
		if x.Outcome == failed {
			ids = append(ids, x.Clause)
		}
	}
	return ids
}

func TestEndpoint_PassesARegistryWithoutFault(t *testing.T) {
	t.Parallel()
	c := checked(t, "")
	if err := c.Run(); err != nil {
		r, _ := readBack(t, c.signing)
		for _, x := range r.Results {
			if x.Outcome == failed {
				t.Errorf("%s: %s", x.Clause, x.Seen)
			}
		}
		t.Fatal(err)
	}
	r, _ := readBack(t, c.signing)
	for _, x := range r.Results {
		if x.Outcome != passed && x.Clause != "Q4" { // it does not pull
			t.Errorf("%s: got %s (%s), want pass", x.Clause, x.Outcome, x.Seen)
		}
	}
}

func TestEndpoint_FindsEachFaultByItsClause(t *testing.T) {
	t.Parallel()
	for f, want := range map[fault][]string{ // the clause first, then others that follow from the fault
		ignoresSignature: {"E3", "E4", "E5", "E15"}, ignoresTimestamp: {"E5"}, signsNoID: {"E4", "E5"}, parsesFirst: {"E6", "E10", "E12"},
		readsOne: {"E7"}, rejectsAgain: {"E8", "Q3"}, rejectsTypes: {"E9"}, rejectsMembers: {"E10"}, rejectsLate: {"E11"}, readsLittle: {"E12"},
		takesForeign: {"E13"}, trustsReceipts: {"E14"}, isSlow: {"E1"}, readsAll: {"E15"}, signsElsewhere: {"Q1"}, repeatsNonce: {"Q1"},
		omitsRevision: {"Q2"}, filesAnything: {"Q3"}, neverFetches: {"Q2"}, skipsEvents: {"Q4"},
	} {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			c := checked(t, f)
			if err := c.Run(); err == nil {
				t.Error("got no error")
			}
			r, _ := readBack(t, c.signing)
			got := broken(r)
			other := slices.ContainsFunc(got, func(id string) bool { return !slices.Contains(want, id) })
			if !slices.Contains(got, want[0]) || other {
				t.Errorf("got %q, want %s, and at most %q: %s", got, want[0], want, seenOf(r, got))
			}
		})
	}
}

func seenOf(r report, ids []string) string {
	var seen []string
	for _, x := range r.Results {
		if slices.Contains(ids, x.Clause) {
			seen = append(seen, x.Clause+": "+x.Seen)
		}
	}
	return strings.Join(seen, "\n")
}

// A system that is configured for another server does not know the keys of the receipts in the events.
func TestEndpoint_SuspectsAnotherServer(t *testing.T) {
	t.Parallel()
	c := checked(t, "")
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }))
	t.Cleanup(registry.Close)
	c.URL = registry.URL
	if err := c.Run(); err == nil {
		t.Error("got no error")
	}
	r, _ := readBack(t, c.signing)
	if got := seenOf(r, []string{"E1"}); !strings.Contains(got, "requested nothing from http://"+c.Listen) {
		t.Errorf("got %q", got)
	}
}

func TestVerify_FindsAnAlteredReport(t *testing.T) {
	t.Parallel()
	c := checked(t, "")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	_, id := readBack(t, c.signing)
	if err := (verifyCommand{File: c.Report, Trust: id}).Run(); err != nil {
		t.Errorf("got %v for the report as it was written", err)
	}
	for _, trust := range []string{"", "another"} {
		if err := (verifyCommand{File: c.Report, Trust: trust}).Run(); err == nil {
			t.Errorf("trusting %q: got no error", trust)
		}
	}
	text, err := os.ReadFile(c.Report)
	if err != nil {
		t.Fatal(err)
	}
	for part, name := range []string{"header", "payload", "signature"} {
		parts := strings.Split(string(text), ".")
		parts[part] = altered(parts[part])
		if err = os.WriteFile(c.Report, []byte(strings.Join(parts, ".")), 0o600); err != nil {
			t.Fatal(err)
		}
		if err = (verifyCommand{File: c.Report, Trust: id}).Run(); err == nil {
			t.Errorf("another %s: got no error", name)
		}
	}
}
