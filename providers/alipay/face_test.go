package alipay_test

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_face_passesWithAPortrait(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	if got := w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass); got != alipaytest.ResultDone {
		t.Fatalf("got result %s", got)
	}
	for range 2 { // asking again is allowed
		got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
		if err != nil {
			t.Fatalf("QueryFace: %v", err)
		}
		if got.Outcome != verification.OutcomePassed || !got.Liveness || got.Level != "FACE" || got.Failure != "" {
			t.Errorf("got %s %s, liveness %t, level %s", got.Outcome, got.Failure, got.Liveness, got.Level)
		}
		if _, format, err := image.DecodeConfig(bytes.NewReader(got.Portrait)); err != nil || format != "jpeg" {
			t.Errorf("got portrait %q, %v", format, err)
		}
	}
}

func TestClient_face_endsAsTheProviderDecides(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[fakes.Outcome]failure.Code{
		fakes.FaceDiffers:      failure.FaceDiffers,
		fakes.NoPhoto:          failure.FaceNoRecord,
		fakes.PoorLight:        failure.FaceQuality,
		fakes.NotAlive:         failure.FaceLiveness,
		fakes.IdentityWrong:    failure.IdentityNotConfirmed,
		fakes.NoCamera:         failure.FaceDevice,
		fakes.NetworkLost:      failure.TryAgainLater,
		"201":                  failure.IdentityNotConfirmed,
		"202":                  failure.IdentityNotConfirmed, // R13: as 201
		"203":                  failure.FaceNoRecord,
		"Z1147":                failure.FaceLiveness,
		"Z1008":                failure.FaceCancelled,
		"Z9999 not met before": failure.FaceDiffers,
		"":                     failure.FaceDiffers,
	} {
		t.Run("reason "+string(outcome), func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.fate = fakes.FaceFate{Tries: []fakes.Outcome{outcome}}
			client := w.client(t)
			started := w.start(t, client)
			w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
			got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
			if err != nil || got.Outcome != verification.OutcomeFailed || got.Failure != want || got.Liveness || !got.Reusable.IsZero() {
				t.Errorf("got %s %s, reusable until %s, %v, want failed %s for good", got.Outcome, got.Failure, got.Reusable, err, want)
			}
		})
	}
}

func TestClient_face_isBoundToTheAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	if got := w.show(t, started.Call, otherOpenID, alipaytest.ActionPass); got != alipaytest.ResultFailed {
		t.Errorf("another account: got result %s, want %s", got, alipaytest.ResultFailed)
	}
	got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
	if err != nil || got.Outcome != verification.OutcomePending {
		t.Errorf("got %s, %v, want pending", got.Outcome, err)
	}
	if got := w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass); got != alipaytest.ResultDone {
		t.Errorf("the account itself: got result %s, want %s", got, alipaytest.ResultDone)
	}
}

func TestClient_face_isPendingUntilFinished(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	if got := w.show(t, started.Call, ownerOpenID, alipaytest.ActionCancel); got != alipaytest.ResultCancelled {
		t.Errorf("got result %s, want %s", got, alipaytest.ResultCancelled)
	}
	got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
	if err != nil || got.Outcome != verification.OutcomePending {
		t.Errorf("got %s, %v, want pending", got.Outcome, err)
	}
}

func TestClient_StartFace_sendsEveryDocumentAlipayChecks(t *testing.T) {
	t.Parallel()
	for kind, number := range map[identity.DocumentType]string{
		identity.ResidentID:               ownerNumber,
		identity.HKMacauPermit:            "H12345678",
		identity.TaiwanPermit:             "12345678",
		identity.HKMacauResidencePermit:   "810000199001010019",
		identity.TaiwanResidencePermit:    "830000199001010012",
		identity.ForeignPermanentResident: "USA123456789012",
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			start := faceStart(t)
			document, err := identity.ParseDocument(kind, number, ownerName)
			if err != nil {
				t.Fatal(err)
			}
			start.Document = document
			if _, err := w.client(t).StartFace(t.Context(), start); err != nil {
				t.Errorf("StartFace: %v", err) // the gateway refuses types that are not Alipay's words
			}
		})
	}
}

func TestClient_StartFace_doesNothingWithoutSending(t *testing.T) {
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
		"an account of another kind": func(s *verification.FaceStart) { s.User.Kind = "cert_no" },
		"a dashed order number":      func(s *verification.FaceStart) { s.AttemptID = "0b0e7d0c-1c5e-4e0b-8a43-3b1c0c6f0f00" },
		"a long order number":        func(s *verification.FaceStart) { s.AttemptID = strings.Repeat("a", 33) },
		"no order number":            func(s *verification.FaceStart) { s.AttemptID = "" },
	} {
		start := faceStart(t)
		change(&start)
		if _, err := client.StartFace(t.Context(), start); !errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: got %v, want %v", name, err, verification.ErrNothingDone)
		}
	}
	if got := w.gateway.Calls(methodInitialize); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

func TestClient_StartFace_tellsNothingDoneFromDoubt(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault       alipaytest.Fault
		nothingDone bool
	}{
		"a signed refusal of the request": {alipaytest.Fault{Answer: `{"code":"40006","sub_code":"isv.insufficient-isv-permissions"}`}, true},
		"a signed failure of the service": {alipaytest.Fault{Answer: `{"code":"20000","sub_code":"isp.unknow-error"}`}, false},
		"a signed business failure":       {alipaytest.Fault{Answer: `{"code":"40004","sub_code":"SYSTEM_ERROR"}`}, false},
		"a refusal that nobody signed":    {alipaytest.Fault{Body: []byte(`{"error_response":{"code":"40006"}}`)}, false},
		"a time-out":                      {alipaytest.Fault{Hang: true}, false},
		"a gateway in between":            {alipaytest.Fault{Status: 502}, false},
		"an id that cannot be one":        {alipaytest.Fault{Answer: `{"code":"10000","certify_id":"a/../b"}`}, false},
		"no id":                           {alipaytest.Fault{Answer: `{"code":"10000"}`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout = time.Second
			w.gateway.Break(methodInitialize, tc.fault)
			_, err := w.client(t).StartFace(t.Context(), faceStart(t))
			if err == nil || errors.Is(err, verification.ErrNothingDone) != tc.nothingDone {
				t.Errorf("got %v, want nothing done: %t", err, tc.nothingDone)
			}
		})
	}
}

func TestClient_StartFace_refusesAnOrderTwice(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	w.start(t, client)
	if _, err := client.StartFace(t.Context(), faceStart(t)); err == nil {
		t.Error("got a second check for the same order number")
	}
}

func TestClient_StartFace_linksToThePublicGateway(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.PublicGateway = "https://openapi.alipay.com/gateway.do"
	start := faceStart(t)
	start.ReturnURL = "https://example.org/back?a=1&b=2"
	started, err := w.client(t).StartFace(t.Context(), start)
	if err != nil {
		t.Fatal(err)
	}
	link, err := url.Parse(started.Call.URL)
	if err != nil {
		t.Fatal(err)
	}
	if link.Scheme != "https" || link.Host != "openapi.alipay.com" || link.Path != "/gateway.do" {
		t.Errorf("got a link to %s://%s%s", link.Scheme, link.Host, link.Path)
	}
	if got := link.Query().Get("return_url"); got != start.ReturnURL {
		t.Errorf("got return_url %q", got)
	}
	if started.Call.Kind != "my.startAPVerify" || started.Call.CertifyID != started.ProviderID {
		t.Errorf("got call %s, id of the provider %t", started.Call.Kind, started.Call.CertifyID == started.ProviderID)
	}
}
