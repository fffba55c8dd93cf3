package agencytest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency/agencytest"
)

func keys(t *testing.T) agencytest.Keys {
	t.Helper()
	made, err := agencytest.NewKeys(strings.NewReader(strings.Repeat("chance of the test; ", 4)))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func document(t *testing.T, kind identity.DocumentType, number, name string) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(kind, number, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// target starts a gateway and returns what the kit needs for it.
func target(t *testing.T, fate func(agencytest.Call, agencytest.Person) agencytest.Fate) agencytest.Target {
	t.Helper()
	k := keys(t)
	gateway, err := agencytest.New(agencytest.Options{Keys: k, Clock: time.Now, Fate: fate})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gateway)
	t.Cleanup(server.Close)
	return agencytest.Target{
		URL: server.URL, KeyID: k.ClientID, Key: k.ClientKey, GatewayKeys: map[string]string{k.GatewayID: k.GatewayPublic},
		Clock: time.Now, Finish: showFace,
		Samples: []agencytest.Sample{
			{Document: document(t, identity.Passport, "E12345678", "林海"), Result: "match"},
			{Document: document(t, identity.HKMacauPermit, "H12345678", "陈大文"), Result: "mismatch"},
			{Document: document(t, identity.TaiwanPermit, "12345678", "王小明"), Result: "no_record"},
		},
	}
}

// byType is the simulated authority's record.
func byType(_ agencytest.Call, p agencytest.Person) agencytest.Fate {
	return agencytest.Fate{Document: map[string]string{"hk_macau_permit": "mismatch", "taiwan_permit": "no_record"}[p.Type]}
}

// showFace presses the button that passes.
func showFace(ctx context.Context, page string) error {
	form := url.Values{"action": {"show"}, "account": {"account-of-the-conformance-kit"}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, page, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the page answered %d", response.StatusCode)
	}
	_ = response.Body.Close()
	return err
}

func TestConformance_TheSimulatedGatewayKeepsIt(t *testing.T) {
	t.Parallel()
	report, err := agencytest.Conformance(t.Context(), target(t, byType))
	if err != nil || !report.Kept() {
		t.Errorf("got error %v and\n%s", err, report)
	}
	if text := report.String(); !strings.HasSuffix(text, fmt.Sprintf("agency: rules: %d, kept: %[1]d\n", len(report.Findings))) || len(report.Findings) < 20 {
		t.Errorf("got report\n%s", text)
	}
}

// Each gateway that is broken on purpose must be caught, and by nothing
// personal in the report.
func TestConformance_CatchesEveryBreach(t *testing.T) {
	t.Parallel()
	for _, breach := range []agencytest.Breach{
		agencytest.Unsigned, agencytest.WrongKey, agencytest.UnknownKey, agencytest.Late, agencytest.Early, agencytest.Replayed,
		agencytest.OtherNonce, agencytest.Unbound, agencytest.Undigested, agencytest.Altered, agencytest.StatusDiffer,
		agencytest.TwoSignings, agencytest.OtherAttempt, agencytest.Lifeless, agencytest.Spoof, agencytest.OtherPerson, agencytest.OtherAccount, agencytest.OtherPage,
	} {
		t.Run(string(breach), func(t *testing.T) {
			t.Parallel()
			report, err := agencytest.Conformance(t.Context(), target(t, func(c agencytest.Call, p agencytest.Person) agencytest.Fate {
				fate := byType(c, p)
				fate.Breach = breach
				return fate
			}))
			if err != nil || report.Kept() {
				t.Errorf("got error %v and\n%s\nwant it caught", err, report)
			}
			for _, secret := range []string{"林海", "E12345678", "陈大文"} {
				if strings.Contains(report.String(), secret) {
					t.Errorf("the report holds %s:\n%s", secret, report)
				}
			}
		})
	}
}

func TestConformance_CatchesWrongResultsAndLaxGateways(t *testing.T) {
	t.Parallel()
	t.Run("a record that knows everybody", func(t *testing.T) {
		t.Parallel()
		report, err := agencytest.Conformance(t.Context(), target(t, nil))
		broken := slices.DeleteFunc(report.Findings, func(f agencytest.Finding) bool { return f.Problem == "" })
		if err != nil || len(broken) != 2 {
			t.Errorf("got error %v and %+v, want the two samples that must not match", err, broken)
		}
	})
	t.Run("a server that answers everything with 200", func(t *testing.T) {
		t.Parallel()
		lax := target(t, nil)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"result":"match","state":"passed","liveness":"passed"}`))
		}))
		defer server.Close()
		lax.URL = server.URL
		report, err := agencytest.Conformance(t.Context(), lax)
		kept := slices.DeleteFunc(report.Findings, func(f agencytest.Finding) bool { return f.Problem != "" })
		if err != nil || len(kept) != 0 {
			t.Errorf("got error %v and %+v kept, want nothing", err, kept)
		}
	})
}

func TestConformance_WantsATarget(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*agencytest.Target){
		"no address":      func(c *agencytest.Target) { c.URL = "" },
		"no key":          func(c *agencytest.Target) { c.Key = "" },
		"no samples":      func(c *agencytest.Target) { c.Samples = nil },
		"no clock":        func(c *agencytest.Target) { c.Clock = nil },
		"a key of no use": func(c *agencytest.Target) { c.GatewayKeys = map[string]string{"x": "y"} },
	}
	for name, change := range changes {
		c := target(t, nil)
		change(&c)
		if _, err := agencytest.Conformance(t.Context(), c); err == nil {
			t.Errorf("%s: got no error, want one", name)
		}
	}
}

func TestGateway_FacePage(t *testing.T) {
	t.Parallel()
	now := time.Now()
	gateway, err := agencytest.New(agencytest.Options{Keys: keys(t), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	gateway.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/face/nobody", nil))
	if recorder.Code != http.StatusNotFound || recorder.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("got status %d, want 404 and no-store", recorder.Code)
	}
	if err := gateway.Act("nobody", "x", agencytest.Show); err == nil {
		t.Error("acting without a session: got no error, want one")
	}
}
