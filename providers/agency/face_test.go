package agency_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/providers/kit"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_Face_EachWayItEnds(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		action agencytest.Action
		reason string
		want   failure.Code // "" = a pass
	}{
		"the right face":            {action: agencytest.Show},
		"somebody else's":           {action: agencytest.Other, want: failure.FaceDiffers},
		"a picture":                 {action: agencytest.Photo, want: failure.FaceLiveness},
		"the person leaves":         {action: agencytest.Leave, want: failure.FaceCancelled},
		"too dark":                  {agencytest.Show, "face_quality", failure.FaceQuality},
		"no photo on record":        {agencytest.Show, "no_photo", failure.FaceNoRecord},
		"the document is not so":    {agencytest.Show, "document_mismatch", failure.IdentityNotConfirmed},
		"no such document":          {agencytest.Show, "no_record", failure.IdentityNotConfirmed},
		"no camera":                 {agencytest.Show, "device", failure.FaceDevice},
		"too late":                  {agencytest.Show, "expired", failure.FaceNotFinished},
		"declined for a risk":       {agencytest.Show, "risk_refused", failure.RiskRefused},
		"the record is out of work": {agencytest.Show, "unavailable", failure.ProviderBusy},
		"a reason nobody has seen":  {agencytest.Show, "solar_flare", failure.FaceDiffers},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gateway, address := serve(t, at(agencytest.FaceStart, agencytest.Fate{Reason: c.reason}))
			client := open(t, agency.Config{URL: address})
			if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
				t.Fatal(err)
			}
			if err := gateway.Act(attemptID, openID, c.action); err != nil {
				t.Fatal(err)
			}
			got, err := client.QueryFace(t.Context(), faceQuery(t))
			if err != nil {
				t.Fatal(err)
			}
			if passed := got.Outcome == verification.OutcomePassed; passed != (c.want == "") || got.Failure != c.want {
				t.Errorf("got %s %s, want failure %q", got.Outcome, got.Failure, c.want)
			}
			if (got.Portrait != nil) != (c.want == "") || got.Level != "AGENCY_FACE" {
				t.Errorf("got %d bytes of portrait at level %q, want a portrait with a pass alone", len(got.Portrait), got.Level)
			}
		})
	}
}

// R5: the gateway rejects another account, and an answer about another is not believed.
func TestClient_Face_IsBoundToItsAccountAndDocument(t *testing.T) {
	t.Parallel()
	gateway, address := serve(t, nil)
	client := open(t, agency.Config{URL: address})
	started, err := client.StartFace(t.Context(), faceStart(t))
	if err != nil || started.ProviderID != attemptID || started.Call.Kind != "page" {
		t.Fatalf("got %+v and error %v, want a page for the attempt", started, err)
	}
	if err := gateway.Act(attemptID, "somebody-else", agencytest.Show); !errors.Is(err, agencytest.ErrOtherAccount) {
		t.Errorf("another account: got %v, want it refused", err)
	}
	if err := gateway.Act(attemptID, openID, agencytest.Show); err != nil {
		t.Fatal(err)
	}
	changes := map[string]func(*verification.FaceQuery){
		"another account":         func(q *verification.FaceQuery) { q.User = account("somebody-else") },
		"another kind of account": func(q *verification.FaceQuery) { q.User.Kind = "user_id" },
		"an account that is gone": func(q *verification.FaceQuery) { q.User = identity.ChannelUser{} },
		"another person's passport": func(q *verification.FaceQuery) {
			var err error
			if q.Document, err = identity.ParseDocument(identity.Passport, "E12345679", "林·海外"); err != nil {
				t.Fatal(err)
			}
		},
		"another name": func(q *verification.FaceQuery) {
			var err error
			if q.Document, err = identity.ParseDocument(identity.Passport, "E12345678", "林海"); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, change := range changes {
		q := faceQuery(t)
		change(&q)
		got, err := client.QueryFace(t.Context(), q)
		wantCode(t, name, err, "other_subject")
		if got.Outcome != "" {
			t.Errorf("%s: got %s beside an error", name, got.Outcome)
		}
	}
}

// A gateway that does not find a session that was begun has not decided, and may find it later.
func TestClient_QueryFace_OfASessionThatIsNotFound(t *testing.T) {
	t.Parallel()
	_, address := serve(t, nil)
	got, err := open(t, agency.Config{URL: address}).QueryFace(t.Context(), faceQuery(t))
	if err != nil || got.Outcome != verification.OutcomePending {
		t.Errorf("got %s %s, %v, want pending", got.Outcome, got.Failure, err)
	}
}

func TestClient_QueryFace_PortraitIsOptional(t *testing.T) {
	t.Parallel()
	gateway, address := serve(t, at(agencytest.FaceQuery, agencytest.Fate{Faceless: true}))
	client := open(t, agency.Config{URL: address})
	if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
		t.Fatal(err)
	}
	if err := gateway.Act(attemptID, openID, agencytest.Show); err != nil {
		t.Fatal(err)
	}
	got, err := client.QueryFace(t.Context(), faceQuery(t))
	if err != nil || got.Outcome != verification.OutcomePassed || got.Portrait != nil {
		t.Errorf("got %+v and error %v, want a pass without a picture", got, err)
	}
}

func TestClient_StartFace_WantsSomebodyToBindTo(t *testing.T) {
	t.Parallel()
	_, address := serve(t, nil)
	client := open(t, agency.Config{URL: address})
	changes := map[string]func(*verification.FaceStart){
		"no account":          func(s *verification.FaceStart) { s.User = identity.ChannelUser{} },
		"an empty account":    func(s *verification.FaceStart) { s.User = account("") },
		"an attempt and more": func(s *verification.FaceStart) { s.AttemptID = "a/../b" },
		"no document":         func(s *verification.FaceStart) { s.Document = identity.Document{} },
	}
	for name, change := range changes {
		s := faceStart(t)
		change(&s)
		if _, err := client.StartFace(t.Context(), s); !errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: got %v, want nothing done", name, err)
		}
	}
	if _, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: "../x"}); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("a path as an id: got %v, want nothing done", err)
	}
}

func TestClient_StartFace_MayBeRepeated(t *testing.T) {
	t.Parallel()
	_, address := serve(t, nil)
	client := open(t, agency.Config{URL: address, Timeout: time.Minute})
	first, firstErr := client.StartFace(t.Context(), faceStart(t))
	again, againErr := client.StartFace(t.Context(), faceStart(t))
	if err := errors.Join(firstErr, againErr); err != nil || first != again {
		t.Errorf("got %+v, then %+v and error %v, want the same page", first, again, err)
	}
	other := faceStart(t)
	other.User = account("somebody-else")
	_, err := client.StartFace(t.Context(), other)
	wantCode(t, "the same attempt for another account", err, "conflict")
}

func wantCode(t *testing.T, name string, err error, code string) {
	t.Helper()
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != code {
		t.Errorf("%s: got %v, want code %s", name, err, code)
	}
}
