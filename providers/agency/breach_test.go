package agency_test

import (
	"errors"
	"testing"

	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// breaches are the ways to break the contract, with what must be found.
func breaches() map[agencytest.Breach]string {
	return map[agencytest.Breach]string{
		agencytest.Unsigned:     "unsigned",
		agencytest.WrongKey:     "bad_signature",
		agencytest.UnknownKey:   "bad_signature",
		agencytest.Late:         "late",
		agencytest.Early:        "late",
		agencytest.Replayed:     "bad_signature", // it is bound to another request
		agencytest.OtherNonce:   "other_request",
		agencytest.Unbound:      "bad_signature",
		agencytest.Undigested:   "bad_signature",
		agencytest.Altered:      "bad_signature",
		agencytest.StatusDiffer: "bad_signature",
		agencytest.TwoSignings:  "bad_signature",
		agencytest.OtherAttempt: "other_subject",
	}
}

// R14: an answer that is unsigned, wrongly signed, late, replayed, or without
// liveness never passes a face.
func TestClient_QueryFace_BelievesNoBrokenAnswer(t *testing.T) {
	t.Parallel()
	cases := breaches()
	cases[agencytest.OtherPerson], cases[agencytest.OtherAccount] = "other_subject", "other_subject"
	for breach, code := range cases {
		t.Run(string(breach), func(t *testing.T) {
			t.Parallel()
			fate := agencytest.Fate{}
			gateway, address := serve(t, func(call agencytest.Call, _ agencytest.Person) agencytest.Fate {
				if call == agencytest.FaceQuery {
					return fate
				}
				return agencytest.Fate{}
			})
			client := open(t, agency.Config{URL: address})
			if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
				t.Fatal(err)
			}
			if err := gateway.Act(attemptID, openID, agencytest.Show); err != nil {
				t.Fatal(err)
			}
			if got, err := client.QueryFace(t.Context(), faceQuery(t)); err != nil || got.Outcome != verification.OutcomePassed {
				t.Fatalf("unbroken: got %+v and error %v, want a pass", got, err)
			}
			fate.Breach = breach
			got, err := client.QueryFace(t.Context(), faceQuery(t))
			wantCode(t, string(breach), err, code)
			if got.Outcome != "" || errors.Is(err, verification.ErrNothingDone) {
				t.Errorf("got %s beside %v, want an error in doubt alone", got.Outcome, err)
			}
		})
	}
}

func TestClient_QueryFace_NeverPassesWithoutLiveness(t *testing.T) {
	t.Parallel()
	for breach, want := range map[agencytest.Breach]failure.Code{
		agencytest.Lifeless: failure.TryAgainLater, agencytest.Spoof: failure.FaceLiveness,
	} {
		gateway, address := serve(t, at(agencytest.FaceQuery, agencytest.Fate{Breach: breach}))
		client := open(t, agency.Config{URL: address})
		if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
			t.Fatal(err)
		}
		if err := gateway.Act(attemptID, openID, agencytest.Show); err != nil {
			t.Fatal(err)
		}
		got, err := client.QueryFace(t.Context(), faceQuery(t))
		if err != nil || got.Outcome != verification.OutcomeFailed || got.Failure != want || got.Liveness || got.Portrait != nil {
			t.Errorf("%s: got %+v and error %v, want %s", breach, got, err, want)
		}
	}
}

func TestClient_CheckDocument_BelievesNoBrokenAnswer(t *testing.T) {
	t.Parallel()
	for breach, code := range breaches() {
		t.Run(string(breach), func(t *testing.T) {
			t.Parallel()
			fate := agencytest.Fate{}
			_, address := serve(t, func(agencytest.Call, agencytest.Person) agencytest.Fate { return fate })
			client := open(t, agency.Config{URL: address})
			query := verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)}
			if got, err := client.CheckDocument(t.Context(), query); err != nil || got.Outcome != verification.OutcomePassed {
				t.Fatalf("unbroken: got %+v and error %v, want a pass", got, err)
			}
			fate.Breach = breach
			got, err := client.CheckDocument(t.Context(), query)
			wantCode(t, string(breach), err, code)
			if got.Outcome != "" {
				t.Errorf("got %s beside an error", got.Outcome)
			}
		})
	}
}

func TestClient_StartFace_SendsNobodyElsewhere(t *testing.T) {
	t.Parallel()
	_, address := serve(t, at(agencytest.FaceStart, agencytest.Fate{Breach: agencytest.OtherPage}))
	_, err := open(t, agency.Config{URL: address}).StartFace(t.Context(), faceStart(t))
	wantCode(t, "a page on another host", err, "page_elsewhere")
}
