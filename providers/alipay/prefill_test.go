package alipay_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/session"
)

func TestClient_Prefill_givesTheOwnersResidentID(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got, err := w.client(t).Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser))
	if err != nil {
		t.Fatalf("Prefill: %v", err)
	}
	want, err := identity.ParseDocument(identity.ResidentID, ownerNumber, ownerName)
	if err != nil {
		t.Fatal(err)
	}
	if got.Absent != "" || !got.Document.Same(want) {
		t.Errorf("got %v (%q), want the owner's document", got.Document, got.Absent)
	}
	if want := identity.NewChannelUser(appID, "open_id", ownerOpenID); got.User != want {
		t.Errorf("got user %v, want the code's own", got.User.Reveal())
	}
}

func TestClient_Prefill_saysWhyThereIsNone(t *testing.T) {
	t.Parallel()
	owner := alipaytest.Person{OpenID: ownerOpenID, Name: ownerName, Number: ownerNumber, Certified: true}
	with := func(change func(*alipaytest.Person)) alipaytest.Person {
		changed := owner
		change(&changed)
		return changed
	}
	for name, tc := range map[string]struct {
		person alipaytest.Person
		want   session.AbsentReason
	}{
		"an account without a verified owner":      {with(func(p *alipaytest.Person) { p.Certified = false }), session.NotCertified},
		"a company's account":                      {with(func(p *alipaytest.Person) { p.UserType = "1" }), session.NotPersonal},
		"an owner verified by passport":            {with(func(p *alipaytest.Person) { p.CertType = "1" }), session.NotResidentID},
		"an unknown document type":                 {with(func(p *alipaytest.Person) { p.CertType = "99" }), session.NotResidentID},
		"an authority without the permission":      {with(func(p *alipaytest.Person) { p.FieldsDenied = true }), session.NotProvided},
		"fields that were never approved":          {with(func(p *alipaytest.Person) { p.FieldsMissing = true }), session.NotProvided},
		"a number that is none":                    {with(func(p *alipaytest.Person) { p.Number = "110105194912310021" }), session.NotUnderstood},
		"a name that Alipay masked":                {with(func(p *alipaytest.Person) { p.Name = "*建国" }), session.NotUnderstood},
		"an account that gives user_id, certified": {with(func(p *alipaytest.Person) { p.UserID, p.UserIDOnly = "2088000000000001", true }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.people[ownerOpenID] = tc.person
			got, err := w.client(t).Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser))
			if err != nil {
				t.Fatalf("Prefill: %v", err)
			}
			if got.Absent != tc.want || (got.Document == identity.Document{}) != (tc.want != "") {
				t.Errorf("got %v (%q), want %q", got.Document, got.Absent, tc.want)
			}
			if got.User == (identity.ChannelUser{}) {
				t.Error("got no user, want the code's own in every case")
			}
		})
	}
}

func TestClient_Prefill_readsNothingIntoMissingFields(t *testing.T) {
	t.Parallel()
	const all = `"user_name":"欧阳建国","cert_no":"11010519491231002X"`
	for name, answer := range map[string]string{
		"certified is missing": `{"code":"10000","user_type":"2","cert_type":"0",` + all + `}`,
		"type is missing":      `{"code":"10000","is_certified":"T","cert_type":"0",` + all + `}`,
		"document is missing":  `{"code":"10000","is_certified":"T","user_type":"2",` + all + `}`,
	} {
		w := newFixture(t)
		w.gateway.Break(methodProfile, alipaytest.Fault{Answer: answer})
		got, err := w.client(t).Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser))
		if err != nil || got.Absent != session.NotProvided {
			t.Errorf("%s: got %q, %v, want %q", name, got.Absent, err, session.NotProvided)
		}
	}
}

func TestClient_Prefill_refuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault alipaytest.Fault
		want  error
	}{
		"the profile of another account": {alipaytest.Fault{
			Answer: `{"code":"10000","open_id":"somebody","is_certified":"F","user_type":"2"}`,
		}, session.ErrUnavailable},
		"an answer that nobody signed":   {alipaytest.Fault{Unsigned: true}, session.ErrUnavailable},
		"an answer signed by another":    {alipaytest.Fault{Forged: true}, session.ErrUnavailable},
		"an answer of null":              {alipaytest.Fault{Answer: `null`}, session.ErrUnavailable},
		"an answer without a code":       {alipaytest.Fault{Answer: `{"is_certified":"T"}`}, session.ErrUnavailable},
		"a code that only looks like ok": {alipaytest.Fault{Answer: `{"code":"10003"}`}, session.ErrUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.gateway.Break(methodProfile, tc.fault)
			got, err := w.client(t).Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser))
			if !errors.Is(err, tc.want) || got != (session.Prefilled{}) {
				t.Errorf("got %v, %v, want %v", got, err, tc.want)
			}
		})
	}
}

func TestClient_Prefill_takesACodeOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	code := w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser)
	if _, err := client.Prefill(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Prefill(t.Context(), code); !errors.Is(err, session.ErrCodeInvalid) {
		t.Errorf("got %v, want %v", err, session.ErrCodeInvalid)
	}
}

func TestClient_Prefill_ofTheSilentScopeIsNotProvided(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got, err := w.client(t).Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
	if err != nil || got.Absent != session.NotProvided {
		t.Errorf("got %q, %v, want %q", got.Absent, err, session.NotProvided)
	}
}
