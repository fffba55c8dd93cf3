package verification_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

func missingKinds(err error) []notice.Kind {
	missing, ok := errors.AsType[*verification.ConsentError](err)
	if !ok {
		return nil
	}
	return kindsOf(missing.Missing)
}

func kindsOf(notices []notice.Notice) []notice.Kind {
	kinds := make([]notice.Kind, len(notices))
	for i, n := range notices {
		kinds[i] = n.Kind
	}
	return kinds
}

func TestService_NoticesFor(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, tt := range []struct {
		name  string
		query notice.Query
		want  []notice.Kind
	}{
		{"access with a resident ID", notice.Query{}, []notice.Kind{"rules", "face", "bank_card"}},
		{"access with a permit", notice.Query{DocumentType: identity.TaiwanPermit}, []notice.Kind{"rules", "face"}},
		{"an answer", notice.Query{Purpose: policy.Confirm}, []notice.Kind{"rules", "face", "handover"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := kindsOf(w.NoticesFor(tt.query)); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestService_Consents_Demanded(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.login(t)
	view := w.start(t, a, zhang(t))
	_, _, err := w.StartFace(t.Context(), a, view.ID)
	if got := missingKinds(err); !slices.Equal(got, []notice.Kind{"rules", "face"}) || !errors.Is(err, verification.ErrConsent) {
		t.Errorf("got %v, want rules and face to be asked for", err)
	}
	if !slices.Equal(kindsOf(view.ConsentsMissing), []notice.Kind{"rules", "face"}) || len(w.faces.started) != 0 {
		t.Errorf("got %v before %d calls", kindsOf(view.ConsentsMissing), len(w.faces.started))
	}
	english := w.InLanguage(view.ConsentsMissing, identity.English)
	if english[0].Language != identity.English || english[0].Hash == view.ConsentsMissing[0].Hash {
		t.Errorf("got %s, want the notice in English", english[0].Language)
	}
	if _, err = w.AcceptNotices(t.Context(), a, references(english)); err != nil {
		t.Fatal(err)
	}
	if view, _ = w.face(t, a, view.ID, facePasses); !slices.Equal(kindsOf(view.ConsentsMissing), []notice.Kind{"bank_card"}) {
		t.Errorf("got %v, want only the bank card's to be missing", kindsOf(view.ConsentsMissing))
	}
	_, _, err = w.CheckBankCard(t.Context(), a, view.ID, cardOf(t, "6222021234567890128"))
	if got := missingKinds(err); !slices.Equal(got, []notice.Kind{"bank_card"}) || len(w.cards.queries) != 0 {
		t.Errorf("got %v after %d queries", err, len(w.cards.queries))
	}
}

func TestService_Consents_AreForADay(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	w.advance(verification.ConsentLife + time.Second)
	later := w.loginAs(t, w.userOf(t, a))
	view := w.start(t, later, zhang(t))
	if _, _, err := w.StartFace(t.Context(), later, view.ID); len(missingKinds(err)) != 2 {
		t.Errorf("got %v, want yesterday's consent to be asked for again", err)
	}
}

// A person passes in one session of an account while another person has accepted the notices in another session.
func TestService_Consents_AreOfTheSessionThatAccepted(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	user := identity.NewChannelUser("app", "open_id", "family")
	mother, father := w.loginAs(t, user), w.loginAs(t, user)
	w.acceptNotices(t, mother, policy.Confirm)
	hers := w.start(t, mother, zhang(t))
	view := w.start(t, father, person(t, 7))
	if _, _, err := w.StartFace(t.Context(), father, view.ID); !slices.Equal(missingKinds(err), []notice.Kind{"rules", "face"}) {
		t.Errorf("got %v, want the father asked for consents of his own", err)
	}
	w.acceptNotices(t, father, policy.Confirm)
	w.passWithGrant(t, father, person(t, 7))

	consents, err := w.ListConsents(t.Context(), mother)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range consents {
		want := ""
		if c.SessionID == father.SessionID {
			want = view.SubjectID
		}
		if c.SubjectID != want {
			t.Errorf("%s accepted in %s: got subject %q, want %q", c.Kind, c.SessionID, c.SubjectID, want)
		}
	}
	if _, _, err = w.StartFace(t.Context(), mother, hers.ID); err != nil {
		t.Errorf("the mother, who accepted everything, got: %v", err)
	}
	again := w.loginAs(t, user)
	if view = w.start(t, again, person(t, 7)); len(view.ConsentsMissing) > 0 {
		t.Errorf("got %v missing for the father in a new session, want none", kindsOf(view.ConsentsMissing))
	}
}

func TestService_AcceptNotices_Stale(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.login(t)
	good := references(w.NoticesFor(notice.Query{}))
	for name, bad := range map[string]notice.Ref{
		"another text":      {ID: good[1].ID, Version: good[1].Version, Hash: good[0].Hash},
		"another version":   {ID: good[1].ID, Version: "0", Hash: good[1].Hash},
		"an unknown notice": {ID: "fax", Version: "1", Hash: good[1].Hash},
		"nothing":           {},
	} {
		_, err := w.AcceptNotices(t.Context(), a, []notice.Ref{good[0], bad})
		if !errors.Is(err, verification.ErrNoticeStale) {
			t.Errorf("%s: got %v, want it refused", name, err)
		}
	}
	if got, err := w.ListConsents(t.Context(), a); err != nil || len(got) != 0 {
		t.Errorf("got %d consents, %v; want none of a refused list", len(got), err)
	}
}

func TestService_WithdrawConsent(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	open := w.start(t, a, zhang(t))
	consents, err := w.ListConsents(t.Context(), a)
	if err != nil || len(consents) != 4 {
		t.Fatalf("got %d consents, %v", len(consents), err)
	}
	face := slices.IndexFunc(consents, func(c verification.Consent) bool { return c.Kind == notice.Face })
	if consents[face].SubjectID != a.GrantSubjectID {
		t.Errorf("got %q, want the consent attached to the subject", consents[face].SubjectID)
	}
	other := w.login(t)
	if _, err = w.WithdrawConsent(t.Context(), other, consents[face].ID); !errors.Is(err, verification.ErrNotFound) {
		t.Errorf("somebody else's: got %v", err)
	}
	ended, err := w.WithdrawConsent(t.Context(), a, consents[face].ID)
	if err != nil || ended.Verifications != 1 || ended.Grants != 1 {
		t.Fatalf("got %v, %v; want the open verification and the grant ended", ended, err)
	}
	if _, _, err = w.StartFace(t.Context(), a, open.ID); stateCode(err) != verification.CodeVoided {
		t.Errorf("got %v, want %s", err, verification.CodeVoided)
	}
	again := w.start(t, a, zhang(t))
	if _, _, err = w.StartFace(t.Context(), a, again.ID); !slices.Equal(missingKinds(err), []notice.Kind{"face"}) {
		t.Errorf("got %v, want the withdrawn consent to be missing", err)
	}
}
