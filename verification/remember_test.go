package verification_test

import (
	"errors"
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// remember accepts the notice about being remembered, as the channel wechat shows it.
func (w *fixture) remember(t *testing.T, a verification.Actor) verification.Consent {
	t.Helper()
	c, err := w.Remember(t.Context(), a, w.rememberRef())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *fixture) rememberRef() notice.Ref {
	return references(w.OptionalNotices("wechat", identity.DefaultLanguage))[0]
}

// prefillRemembered is what package session does for the actor's session.
func (w *fixture) prefillRemembered(t *testing.T, a verification.Actor) {
	t.Helper()
	_, err := w.rows.PutRemembered(t.Context(), session.Prefill{
		SessionID: a.SessionID, AccountID: a.AccountID, Until: w.clock().Add(session.PrefillLife),
	}, w.clock())
	if err != nil {
		t.Fatal(err)
	}
}

func TestService_Remember_OnlyUnderAGrantAndItsOwnNotice(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	a.Channel = "wechat"
	if _, err := w.Remember(t.Context(), a, w.rememberRef()); !errors.Is(err, verification.ErrNoGrant) {
		t.Errorf("without a grant: got %v", err)
	}
	a.Channel = "alipay"
	a = w.passWithGrant(t, a, zhang(t))
	if _, err := w.Remember(t.Context(), a, w.rememberRef()); !errors.Is(err, verification.ErrNoticeStale) {
		t.Errorf("in a channel that does not offer it: got %v", err)
	}
	a.Channel = "wechat"
	rules := references(w.NoticesFor(notice.Query{}))[0]
	stale := w.rememberRef()
	stale.Version = "0"
	for name, ref := range map[string]notice.Ref{"another notice": rules, "an old notice": stale} {
		if _, err := w.Remember(t.Context(), a, ref); !errors.Is(err, verification.ErrNoticeStale) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := w.AcceptNotices(t.Context(), a, []notice.Ref{w.rememberRef()}); !errors.Is(err, verification.ErrNoticeStale) {
		t.Errorf("among the notices of a flow: got %v", err)
	}
	of := a
	of.GrantSubjectID = "sub_of_somebody_else"
	if _, err := w.Remember(t.Context(), of, w.rememberRef()); !errors.Is(err, verification.ErrNoGrant) {
		t.Errorf("another person's grant: got %v", err)
	}
	c := w.remember(t, a)
	if got := c.ValidUntil().Sub(c.AcceptedAt); got != verification.RememberFor {
		t.Errorf("got %v, want 180 days", got)
	}
}

// A remembered document is no record of the account's owner. It widens no limit, and
// lets another person be verified (R7, R12).
func TestService_Start_RememberedIsNoOwner(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	a.Channel = "wechat"
	w.remember(t, a)
	a.Channel = "alipay"
	use := verification.StartRequest{Purpose: policy.Access, UsePrefill: true}
	w.prefillRemembered(t, a)
	view, err := w.Start(t.Context(), a, use)
	if err != nil || view.Prefilled || !view.Document.Same(zhang(t)) || view.Next.Check != policy.Face {
		t.Fatalf("got %+v, %v; want the document, the face first, and not the owner's record", view.Verification, err)
	}
	if _, err = w.Start(t.Context(), a, use); stateCode(err) != verification.CodeNoPrefill {
		t.Errorf("a second use: got %v", err)
	}
	other := person(t, 1)
	view, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &other})
	if err != nil || view.Prefilled {
		t.Errorf("another person: got %v", err)
	}
	w.prefill(t, a, zhang(t)) // the channel's own record
	if _, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &other}); rejectionCode(err) != failure.AccountOwnerDiffers {
		t.Errorf("another person next to the channel's record: got %v", err)
	}
}

func TestService_Start_ForgottenIsGone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	a.Channel = "wechat"
	c := w.remember(t, a)
	a.Channel = "alipay"
	w.prefillRemembered(t, a)
	if _, err := w.WithdrawConsent(t.Context(), a, c.ID); err != nil {
		t.Fatal(err)
	}
	_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, UsePrefill: true})
	if stateCode(err) != verification.CodeNoPrefill {
		t.Errorf("got %v, want that it is gone in mid-session", err)
	}
	d := zhang(t)
	if _, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d}); err != nil {
		t.Errorf("typed instead: got %v", err)
	}
}

// Whoever holds the phone can use up the tries of its account with the remembered document, without knowing the number.
// Those tries are of that account alone: the person's others keep all of theirs (R12).
func TestService_Face_RememberedUsesUpTheAccountsTriesAlone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	a.Channel = "wechat"
	w.remember(t, a)
	a.Channel = "alipay"
	w.prefillRemembered(t, a)
	view, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, UsePrefill: true})
	if err != nil {
		t.Fatal(err)
	}
	for range w.deps.Limits.Face.Tries {
		w.face(t, a, view.ID, faceDiffers)
	}
	if _, _, err = w.StartFace(t.Context(), a, view.ID); !isExhausted(err) && stateCode(err) == "" {
		t.Errorf("one try more: got %v", err)
	}
	shared := verification.QuotasOf(w.deps.Limits, view.Verification, policy.Face)
	shared = slices.DeleteFunc(shared, func(q policy.Quota) bool { return !q.Hidden })
	used, err := w.rows.Quotas(t.Context(), identity.BankCard{}, shared, w.clock())
	if err != nil || len(used) != 1 || used[0].Used != 0 {
		t.Errorf("got %+v, %v, want none of the tries used that other accounts share", used, err)
	}
	other := w.loginWithConsents(t)
	view = w.start(t, other, zhang(t))
	if view, _ = w.face(t, other, view.ID, facePasses); view.Next.Check != policy.BankCard {
		t.Errorf("the person in another account: got %s", view.State)
	}
}
