package wechat_test

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg"
	"reflect"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/providerstest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_face_keepsTheContract(t *testing.T) {
	t.Parallel()
	providerstest.RunFace(t, func(t *testing.T, s providerstest.Scenario) providerstest.FaceRig {
		t.Helper()
		w := newFixture(t)
		w.config.Timeout = 500 * time.Millisecond
		faults := map[providerstest.Scenario]wechattest.Fault{
			providerstest.Refused: {Errcode: 40097},
			providerstest.Hangs:   {Hang: true},
			providerstest.Breaks:  {Drop: true},
			providerstest.Garbles: {Body: []byte(`{"errcode":0,"verify_ret":"passed"}`)},
		}
		path, action := callVerifyRet, wechattest.ActionPass
		if s == providerstest.Refused {
			path = callVerifyID
		}
		if fault, ok := faults[s]; ok {
			w.server.Break(path, fault)
		}
		if s == providerstest.Differs {
			action = wechattest.ActionFail
		}
		return providerstest.FaceRig{Checker: w.client(t), Finish: func(t *testing.T, providerID string) {
			t.Helper()
			if s != providerstest.Unfinished {
				w.show(t, providerID, "open-id-of-the-suite", action)
			}
		}}
	})
}

func TestClient_face_passesWithAPortrait(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	if started.Call.Kind != "wx.requestFacialVerify" || started.Call.CertifyID != started.ProviderID || started.Call.URL != "" {
		t.Errorf("got call %s", started.Call.Kind)
	}
	if got := w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass); got != 0 {
		t.Fatalf("got errCode %d", got)
	}
	for range 2 { // asking again is allowed
		got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID))
		if err != nil || got.Outcome != verification.OutcomePassed || !got.Liveness || got.Level == "" || got.Failure != "" {
			t.Fatalf("got %s %s, liveness %t, level %s, %v", got.Outcome, got.Failure, got.Liveness, got.Level, err)
		}
		if _, format, err := image.DecodeConfig(bytes.NewReader(got.Portrait)); err != nil || format != "jpeg" {
			t.Errorf("got portrait %q, %v", format, err)
		}
	}
}

// A stranger could otherwise find out with their own face which numbers exist (R13).
func TestClient_face_saysTheSameOfAWrongNameAndAnUnknownNumber(t *testing.T) {
	t.Parallel()
	answer := func(ret string) verification.FaceResult {
		w := newFixture(t)
		w.config.Transport = canned{callVerifyRet: []byte(`{"errcode":0,"verify_ret":` + ret + `}`)}
		got, err := w.client(t).QueryFace(t.Context(), faceQuery(t, "verify-1"))
		if err != nil || got.Outcome != verification.OutcomeFailed {
			t.Fatalf("verify_ret %s: got %s, %v, want failed", ret, got.Outcome, err)
		}
		return got
	}
	if wrongName, unknown := answer("10003"), answer("10026"); !reflect.DeepEqual(wrongName, unknown) {
		t.Errorf("got %s for a wrong name and %s for an unknown number, want the same", wrongName.Failure, unknown.Failure)
	}
}

func TestClient_face_endsAsWeChatDecides(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[fakes.Outcome]failure.Code{
		fakes.FaceDiffers:   failure.FaceDiffers,
		fakes.NoPhoto:       failure.FaceNoRecord,
		fakes.PoorLight:     failure.FaceQuality,
		fakes.NotAlive:      failure.FaceLiveness,
		fakes.IdentityWrong: failure.IdentityNotConfirmed,
		fakes.NoCamera:      failure.FaceDevice,
		fakes.NetworkLost:   failure.NetworkLost,
		"10001":             failure.FaceDiffers,
		"10003":             failure.IdentityNotConfirmed,
		"10009":             failure.FaceNoRecord,
		"10015":             failure.TryAgainLater,
		"10020":             failure.FaceNotFinished,
		"90001":             failure.FaceDevice,
		"90002":             failure.FaceCancelled,
		"90006":             failure.FaceCancelled,
		"90010":             failure.FaceDevice,
		"90011":             failure.FaceQuality,
		"90017":             failure.FaceNotFinished,
		"90107":             failure.FaceQuality,
		"90199":             failure.TryAgainLater,
		"90777":             failure.FaceDiffers,
		"10777":             failure.FaceDiffers,
		"-1":                failure.FaceDiffers,
		"1":                 failure.FaceDiffers,
	} {
		t.Run("verify_ret of "+string(outcome), func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.fate = fakes.FaceFate{Tries: []fakes.Outcome{outcome}}
			client := w.client(t)
			started := w.start(t, client)
			w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass)
			got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID))
			if err != nil || got.Outcome != verification.OutcomeFailed || got.Failure != want || got.Liveness || got.Portrait != nil {
				t.Errorf("got %s %s, %v, want failed %s", got.Outcome, got.Failure, err, want)
			}
		})
	}
}

func TestClient_face_isBoundToTheAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	if got := w.show(t, started.ProviderID, otherOpenID, wechattest.ActionPass); got == 0 {
		t.Error("another account finished the check")
	}
	got, err := client.QueryFace(t.Context(), faceQuery(t, started.ProviderID))
	if err != nil || got.Outcome != verification.OutcomePending {
		t.Errorf("got %s, %v, want pending", got.Outcome, err)
	}
	if got := w.show(t, started.ProviderID, ownerOpenID, wechattest.ActionPass); got != 0 {
		t.Errorf("the account itself: got errCode %d", got)
	}
}

func TestClient_face_doesNothingWithoutSending(t *testing.T) {
	t.Parallel()
	passport, err := identity.ParseDocument(identity.Passport, "E12345678", ownerName)
	if err != nil {
		t.Fatal(err)
	}
	w := newFixture(t)
	client := w.client(t)
	for name, change := range map[string]func(*verification.FaceStart){
		"a passport":                 func(s *verification.FaceStart) { s.Document = passport },
		"an empty account":           func(s *verification.FaceStart) { s.User = identity.NewChannelUser(appID, "open_id", "") },
		"no account":                 func(s *verification.FaceStart) { s.User = identity.ChannelUser{} },
		"an account of another kind": func(s *verification.FaceStart) { s.User.Kind = "user_id" },
		"a long order number":        func(s *verification.FaceStart) { s.AttemptID = strings.Repeat("a", 33) },
		"a short order number":       func(s *verification.FaceStart) { s.AttemptID = "att_" },
		"an order number with signs": func(s *verification.FaceStart) { s.AttemptID = "att_1.2" },
	} {
		s := faceStart(t)
		change(&s)
		if _, err := client.StartFace(t.Context(), s); !errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: start: got %v", name, err)
		}
		q := verification.FaceQuery{
			ProviderID: "verify-1", AttemptID: s.AttemptID, Document: s.Document, User: s.User,
		}
		if _, err := client.QueryFace(t.Context(), q); !errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: query: got %v", name, err)
		}
	}
	if _, err := client.QueryFace(t.Context(), faceQuery(t, `x","errcode":"0`)); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("an id that cannot be one: got %v", err)
	}
	if got := w.server.Calls(callVerifyID) + w.server.Calls(callVerifyRet) + w.server.Calls(callToken); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

func TestClient_StartFace_tellsNothingDoneFromDoubt(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		call        string
		fault       wechattest.Fault
		nothingDone bool
	}{
		"a refusal":                   {callVerifyID, wechattest.Fault{Errcode: 48001}, true},
		"no token to be had":          {callToken, wechattest.Fault{Errcode: 40125}, true},
		"a token that does not come":  {callToken, wechattest.Fault{Hang: true}, true},
		"WeChat is busy":              {callVerifyID, wechattest.Fault{Errcode: -1}, false},
		"a time-out":                  {callVerifyID, wechattest.Fault{Hang: true}, false},
		"a gateway in between":        {callVerifyID, wechattest.Fault{Status: 502}, false},
		"an id that cannot be one":    {callVerifyID, wechattest.Fault{Body: []byte(`{"errcode":0,"verify_id":"a b"}`)}, false},
		"an id longer than we store":  {callVerifyID, wechattest.Fault{Body: []byte(`{"verify_id":"` + strings.Repeat("a", 257) + `"}`)}, false},
		"an answer without an object": {callVerifyID, wechattest.Fault{Body: []byte(`null`)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout = 500 * time.Millisecond
			w.server.Break(tc.call, tc.fault)
			_, err := w.client(t).StartFace(t.Context(), faceStart(t))
			if err == nil || errors.Is(err, verification.ErrNothingDone) != tc.nothingDone {
				t.Errorf("got %v, want nothing done: %t", err, tc.nothingDone)
			}
		})
	}
}
