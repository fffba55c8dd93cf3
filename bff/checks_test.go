package bff_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// asked is a data source and an authority, as the test wants them to be.
type asked struct {
	mu       sync.Mutex
	said     verification.Decision
	err      error
	document verification.DocumentQuery // the last one
}

func (s *asked) script(said verification.Decision, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said, s.err = said, err
}

func (s *asked) CheckDocument(_ context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.document = q
	return s.said, s.err
}

func (s *asked) CheckFourElements(
	ctx context.Context, q verification.FourElementsQuery,
) (verification.Decision, error) {
	said, err := s.CheckDocument(ctx, verification.DocumentQuery(q))
	return said, err
}

var passes = verification.Decision{Outcome: verification.OutcomePassed, Level: "LEVEL"}

// newThoroughWorld asks for everything.
func newThoroughWorld(t *testing.T) (*fixture, *asked) {
	t.Helper()
	w := newFixture(t)
	source := &asked{said: passes}
	p, err := policy.Load([]byte(`{"version":"1","routes":[{"purposes":["access"],"documents":["resident_id"],
		"channels":["alipay"],"steps":[{"check":"face","providers":["alipay"]},{"check":"bank_card","providers":["tencentcloud"]},
		{"check":"four_elements","providers":["one"]},{"check":"document","providers":["one"]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	notices, err := notice.Default()
	if err != nil {
		t.Fatal(err)
	}
	deps := w.deps
	deps.Registerer = prometheus.NewRegistry()
	deps.Verifications = verification.New(verification.Deps{
		Store: w.rows, Prefills: prefills{w},
		Faces:        map[string]verification.FaceChecker{"alipay": w.third},
		BankCards:    map[string]verification.BankCardChecker{"tencentcloud": w.third},
		FourElements: map[string]verification.FourElementsChecker{"one": source},
		Documents:    map[string]verification.DocumentChecker{"one": source},
		Policy:       p, Notices: notices, Limits: policy.DefaultLimits(),
		Clock: w.clock, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler),
	})
	if w.api, err = bff.New(deps); err != nil {
		t.Fatal(err)
	}
	return w, source
}

// carded is somebody whose face and card have passed.
func (w *fixture) carded(t *testing.T) (person, string) {
	t.Helper()
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	p.call(t, http.MethodPost, path+"/four-elements", object{}).want(t, http.StatusConflict, "face_first")
	p.face(t, path)
	p.call(t, http.MethodPost, path+"/document", nil).want(t, http.StatusConflict, "earlier_check_first")
	p.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusOK, "")
	return p, path
}

func TestFourElements_TakeTheValidityAsPrinted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body     object
		status   int
		code     string
		longTerm bool
	}{
		"two days":                    {body: object{"valid_from": "2015-03-01", "valid_until": "2035-03-01"}, status: http.StatusOK},
		"长期 as it is printed":         {body: object{"valid_from": "2015-03-01", "valid_until": "长期"}, status: http.StatusOK, longTerm: true},
		"长期 as a member":              {body: object{"valid_from": "2015-03-01", "long_term": true}, status: http.StatusOK, longTerm: true},
		"nothing, and nothing before": {body: object{}, status: http.StatusUnprocessableEntity, code: "values_invalid"},
		"an end alone":                {body: object{"valid_until": "2035-03-01"}, status: http.StatusUnprocessableEntity, code: "values_invalid"},
		"an end and 长期":               {body: object{"valid_from": "2015-03-01", "valid_until": "2035-03-01", "long_term": true}, status: http.StatusUnprocessableEntity, code: "values_invalid"},
		"a day that is none":          {body: object{"valid_from": "2015-02-30", "long_term": true}, status: http.StatusUnprocessableEntity, code: "values_invalid"},
		"a document that has ended":   {body: object{"valid_from": "2005-03-01", "valid_until": "2015-03-01"}, status: http.StatusUnprocessableEntity, code: "document_expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, source := newThoroughWorld(t)
			p, path := w.carded(t)
			got := p.call(t, http.MethodPost, path+"/four-elements", c.body).want(t, c.status, c.code)
			if c.status == http.StatusOK && (got.text(t, "state") != "passed" || source.document.Document.LongTerm != c.longTerm) {
				t.Errorf("got %s; long-term %t", got.body, source.document.Document.LongTerm)
			}
			if c.code == "values_invalid" && got.text(t, "failure", "code") != "validity_input_wrong" {
				t.Errorf("it does not point at the form: %s", got.body)
			}
		})
	}
}

func TestDocument_IsWaitedFor(t *testing.T) {
	t.Parallel()
	w, source := newThoroughWorld(t)
	p, path := w.carded(t)
	p.call(t, http.MethodPost, path+"/four-elements", object{"valid_from": "2015-03-01", "long_term": true}).want(t, http.StatusOK, "")
	source.script(verification.Decision{}, errFarEnd)
	waiting := p.call(t, http.MethodPost, path+"/document", nil).want(t, http.StatusAccepted, "")
	if waiting.header.Get("Retry-After") == "" || waiting.text(t, "kind") != "running" ||
		waiting.text(t, "failure", "code") != "result_pending" {
		t.Errorf("it does not say when to look again: %s", waiting.body)
	}
	source.script(passes, nil)
	done := p.call(t, http.MethodPost, path+"/document", nil).want(t, http.StatusOK, "")
	if done.text(t, "attempt_id") != waiting.text(t, "attempt_id") || done.text(t, "verification", "state") != "awaiting_acceptance" {
		t.Errorf("want the same attempt passed: %s", done.body)
	}
}

// What the operator says of a switch is beside what the catalogue says.
func TestSwitch_IsRead(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	words := identity.Text{Chinese: "维护到八点", Traditional: "維護到八點", English: "Under repair until eight"}
	until := w.clock().Add(2 * time.Hour).Truncate(time.Second)
	put := func(state policy.SwitchState, version int64) {
		t.Helper()
		err := w.rows.PutSwitch(t.Context(), policy.Switch{
			Check: policy.Face, Provider: "alipay", State: state, Text: words, Version: version, Until: until,
			ChangedAt: w.clock(), ChangedBy: "operator",
		})
		if err != nil {
			t.Fatal(err)
		}
		w.pass(2 * time.Second)
	}
	put(policy.Degraded, 0)
	slow := p.call(t, http.MethodGet, path, nil).want(t, http.StatusOK, "")
	if slow.text(t, "next", "note") != words.Chinese || slow.text(t, "next", "provider") != "alipay" {
		t.Errorf("it does not say that it is slow: %s", slow.body)
	}
	put(policy.Off, 1)
	refused := p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusUnprocessableEntity, "check_switched_off")
	if refused.text(t, "failure", "note") != words.Chinese || refused.text(t, "failure", "prompt") == "" {
		t.Errorf("it does not say why: %s", refused.body)
	}
	english := w.send(t, request{method: http.MethodGet, path: path, token: p.token, header: map[string]string{"Accept-Language": "en"}})
	if english.text(t, "failure", "note") != words.English {
		t.Errorf("it does not say why in English: %s", english.body)
	}
	for _, got := range []reply{refused, english} {
		failure, _ := got.json(t)["failure"].(object)
		if later := lastRemedy(t, failure, 3); later["kind"] != "retry_later" || later["not_before"] != until.UTC().Format(time.RFC3339) {
			t.Errorf("got %v, want to come back at %s", later, until)
		}
	}
}

// 81, 82 and 83 typed as a resident ID: the right type is pointed at (D-10).
func TestDocument_ResidencePermitTypedAsResidentID(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	for _, number := range []string{"810000199001010019", "820000199001010010", "830000199001010012"} {
		got := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": object{
			"type": "resident_id", "number": number, "name": "陈小明",
		}}).want(t, http.StatusUnprocessableEntity, "values_invalid")
		if got.text(t, "failure", "code") != "document_type_differs" || !strings.Contains(string(got.body), `"kind":"choose_type"`) {
			t.Errorf("%s: got %s", number, got.body)
		}
	}
}
