package verification_test

import (
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
)

// a renewed card, and a second card of the same number, are the same
// person; nothing has to be cancelled, and what was given stays.
func TestService_RenewedCard_IsTheSamePerson(t *testing.T) {
	t.Parallel()
	for name, span := range map[string][2]string{
		"renewed":      {"2026-11-01", "2046-11-01"},
		"a second one": {"2012-05-01", "2032-05-01"},
		"for good":     {"2026-11-01", "长期"},
		"not told":     {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			first := w.loginWithConsents(t)
			old := validity(t, zhang(t), "2010-05-01", "2030-05-01")
			view := w.start(t, first, old)
			id, subject := view.ID, view.SubjectID
			w.face(t, first, id, facePasses)
			w.card(t, first, id, cardPasses)
			made, err := w.Accept(t.Context(), first, id)
			if err != nil {
				t.Fatal(err)
			}

			w.advance(time.Minute)
			later := w.loginAs(t, w.userOf(t, first))
			view = w.start(t, later, validity(t, zhang(t), span[0], span[1]))
			if view.SubjectID != subject {
				t.Fatalf("got %s, want the same person %s", view.SubjectID, subject)
			}
			view, _ = w.face(t, later, view.ID, facePasses)
			if view.State != verification.AwaitingAcceptance || view.Checks[1].State != verification.CheckSkipped {
				t.Errorf("got %s with the card %s, want the card of a minute ago to count", view.State, view.Checks[1].State)
			}
			if _, err = w.Accept(t.Context(), later, view.ID); err != nil {
				t.Fatal(err)
			}
			current, err := w.Get(t.Context(), first, id)
			if err != nil || current.State != verification.Passed {
				t.Errorf("the first one: got %s, %v; want it untouched", current.State, err)
			}
			again, err := w.Accept(t.Context(), first, id) // returns the live grant
			if err != nil || again != made {
				t.Errorf("the first access: got %v, %v; want %v alive", again, err, made)
			}
		})
	}
}

// A permit's number is for life; the count of its renewals is no part of it.
func TestService_RenewedPermit_IsTheSamePerson(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var subjects []string
	for _, number := range []string{"H12345678", "H1234567801", "h1234567802"} {
		d, err := identity.ParseDocument(identity.HKMacauPermit, number, "陈小明")
		if err != nil {
			t.Fatal(err)
		}
		subjects = append(subjects, w.start(t, w.loginWithConsents(t), d).SubjectID)
	}
	if subjects[0] != subjects[1] || subjects[1] != subjects[2] {
		t.Errorf("got %v, want one person", subjects)
	}
	other, err := identity.ParseDocument(identity.HKMacauPermit, "M12345678", "陈小明")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.start(t, w.loginWithConsents(t), other).SubjectID; got == subjects[0] {
		t.Error("Macau's number of the same digits was taken for Hong Kong's")
	}
}

func validity(t *testing.T, d identity.Document, from, until string) identity.Document {
	t.Helper()
	d, err := d.WithValidity(from, until)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
