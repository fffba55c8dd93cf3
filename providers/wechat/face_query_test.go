package wechat_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/wechat/wechattest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_QueryFace_passesForWhomItWasBegunOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass)
	other, err := identity.ParseDocument(identity.ResidentID, ownerNumber, "李四")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*verification.FaceQuery){
		"another name":    func(q *verification.FaceQuery) { q.Document = other },
		"another account": func(q *verification.FaceQuery) { q.User = identity.NewChannelUser(appID, "open_id", otherOpenID) },
		"another attempt": func(q *verification.FaceQuery) { q.AttemptID = "att_another" },
		"another check":   func(q *verification.FaceQuery) { q.ProviderID = "verify-another" },
	} {
		q := faceQuery(t, started.ProviderID)
		change(&q)
		if got, err := client.QueryFace(t.Context(), q); err == nil || got.Outcome != "" || errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: got %s, %v", name, got.Outcome, err)
		}
	}
}

func TestClient_QueryFace_passesOnBothCodesOnly(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]verification.Outcome{
		`{"errcode":0,"errmsg":"ok","verify_ret":10000}`: verification.OutcomePassed,
		`{"errcode":0,"verify_ret":10003}`:               verification.OutcomeFailed,
		`{"errcode":0}`:                                  verification.OutcomePending,
		`{"errcode":84003,"verify_ret":10000}`:           "",
		`{"errcode":-1,"verify_ret":10000}`:              "",
		`{"verify_ret":10000}`:                           "",
		`{"errcode":null,"verify_ret":10000}`:            "",
		`{"errcode":"0","verify_ret":"10000"}`:           verification.OutcomePassed,
		`{"errcode":"0","verify_ret":"10003"}`:           verification.OutcomeFailed,
		`{"errcode":"","verify_ret":"10000"}`:            "",
		`{"errcode":"ok","verify_ret":"10000"}`:          "",
		`{"errcode":"84003","verify_ret":"10000"}`:       "",
		`{"errcode":0,"verify_ret":"10000 "}`:            "",
		`{"errcode":0,"verify_ret":"010000"}`:            "",
		`{"errcode":0,"verify_ret":["10000"]}`:           "",
		`{"errcode":0,"verify_ret":null}`:                "",
		`{"errcode":0,"verify_ret":10000.5}`:             "",
		`{"ERRCODE":0,"VERIFY_RET":10000}`:               "",
		`[{"errcode":0,"verify_ret":10000}]`:             "",
		`{"errcode":0,"verify_ret":10000}}`:              "",
	} {
		w := newFixture(t)
		w.config.Transport = canned{callVerifyRet: []byte(answer)}
		got, err := w.client(t).QueryFace(t.Context(), faceQuery(t, "verify-1"))
		if got.Outcome != want || (err == nil) != (want != "") || got.Liveness != (want == verification.OutcomePassed) {
			t.Errorf("%s: got %q, %v, want %q", answer, got.Outcome, err, want)
		}
	}
}

func TestClient_QueryFace_findsOutLaterWhatTimedOut(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.Timeout = 500 * time.Millisecond
	w.fate = fakes.FaceFate{SilentQueries: 1}
	client := w.client(t)
	started := w.start(t, client)
	w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass)
	if _, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID)); err == nil || errors.Is(err, verification.ErrNothingDone) {
		t.Fatalf("got %v, want the outcome in doubt", err)
	}
	if got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID)); err != nil || got.Outcome != verification.OutcomePassed {
		t.Errorf("got %s, %v", got.Outcome, err)
	}
}

func TestClient_QueryFace_ofACheckThatNobodyBegan(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	q := faceQuery(t, w.start(t, client).ProviderID)
	for after, want := range map[time.Duration]verification.Outcome{
		time.Hour:                         verification.OutcomePending,
		time.Hour + verification.FacePass: verification.OutcomeFailed,
	} {
		q.StartedAt = w.clock().Add(-after)
		if got, err := client.QueryFace(t.Context(), q); err != nil || got.Outcome != want {
			t.Errorf("after %s: got %s %s, %v, want %s", after, got.Outcome, got.Failure, err, want)
		}
	}
}

// WeChat may begin a check that was left again while its id is valid, so its first result is not final.
func TestClient_QueryFace_ofACheckThatWasLeft(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	q := faceQuery(t, started.ProviderID)
	q.StartedAt = w.clock()
	want := func(when string, code failure.Code, reusable time.Time) {
		t.Helper()
		got, err := client.QueryFace(t.Context(), q)
		if err != nil || got.Outcome != verification.OutcomeFailed || got.Failure != code || !got.Reusable.Equal(reusable) {
			t.Errorf("%s: got %s %s, reusable until %s, %v", when, got.Outcome, got.Failure, got.Reusable, err)
		}
	}
	// The id begins a check for an hour, and one that began in time is judged afterwards.
	until := q.StartedAt.Add(time.Hour + verification.FacePass)
	w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionCancel)
	want("left", failure.FaceCancelled, until)
	w.pass(59 * time.Minute)
	w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionFail)
	want("judged after all", failure.FaceDiffers, time.Time{})
}

func TestClient_QueryFace_passesWithoutAPictureThatReadsAsOne(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]wechattest.Fault{
		"a refusal":     {Errcode: 48001},
		"a page":        {Status: 502},
		"no picture":    {Body: []byte("GIF89a")},
		"an object":     {Body: []byte(`{"errcode":0}`)},
		"nothing":       {Body: []byte{}},
		"a broken line": {Drop: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.server.Break(callImage, fault)
			client := w.client(t)
			started := w.start(t, client)
			w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass)
			got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID))
			if err != nil || got.Outcome != verification.OutcomePassed || got.Portrait != nil {
				t.Errorf("got %s with %d bytes, %v", got.Outcome, len(got.Portrait), err)
			}
		})
	}
}

func TestClient_QueryFace_asksForNoPictureWithoutPermission(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.PortraitPermitted = false
	client := w.client(t)
	started := w.start(t, client)
	w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass)
	got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID))
	if err != nil || got.Portrait != nil || w.server.Calls(callImage) != 0 {
		t.Errorf("got %d bytes by %d calls, %v", len(got.Portrait), w.server.Calls(callImage), err)
	}
}
