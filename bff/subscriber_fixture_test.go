package bff_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"renzheng/subscriber"
	"renzheng/verification/notice"
)

// phones are what one-time codes are sent to. Safe for concurrent use.
type phones struct {
	mu   sync.Mutex
	last map[string]subscriber.Message // by number
	sent int
	fail error
}

// SendCode implements [subscriber.Sender].
func (p *phones) SendCode(_ context.Context, m subscriber.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent++
	if p.last == nil {
		p.last = map[string]subscriber.Message{}
	}
	p.last[m.Phone.Reveal()] = m
	return p.fail
}

func (p *phones) code(number string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last[number].Code.Reveal()
}

func (p *phones) failWith(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = err
}

func (w *fixture) subscribers() *subscriber.Service {
	return subscriber.New(subscriber.Deps{
		Subscribers: w.rows, Codes: w.rows, Sender: &w.phones, CodesPerNetwork: 1 << 20, Clock: w.clock, Rand: rand.Reader,
		InForce: func(a subscriber.Agreement) bool {
			set, err := shownNotices()
			if err != nil {
				return false
			}
			shown, ok := set.InForce(notice.Ref(a))
			return ok && shown.Kind == notice.Registration
		},
	})
}

// newPhone returns a number that nobody has.
func newPhone() any {
	n, err := rand.Int(rand.Reader, big.NewInt(1_0000_0000))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("138%08d", n)
}

// post sends a body as a page of this server does, and compares the answer with the contract.
func (w *fixture) post(t *testing.T, path string, body object, header map[string]string) reply {
	t.Helper()
	all := map[string]string{"Origin": webOrigin}
	maps.Copy(all, header)
	r := request{method: http.MethodPost, path: path, body: body, key: newKey(), header: all}
	if key := all["Idempotency-Key"]; key != "" {
		r.key = key
	}
	sent := r.http(t)
	recorder := httptest.NewRecorder()
	w.api.Public().ServeHTTP(recorder, sent)
	got := reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
	again := r.http(t)
	inContract(t, again, got)
	return got
}

// asksForCode returns the id of a code and the code that arrived.
func (w *fixture) asksForCode(t *testing.T, purpose, number string) (id, code string) {
	t.Helper()
	got := w.post(t, "/v1/one-time-codes", object{"purpose": purpose, "phone": number}, nil).want(t, http.StatusCreated, "")
	return got.text(t, "id"), w.phones.code(number)
}

// agreement returns the notice to accept, as it is shown.
func (w *fixture) agreement(t *testing.T) object {
	t.Helper()
	got := w.send(t, request{method: http.MethodGet, path: "/v1/notices?purpose=register&channel=web"}).want(t, http.StatusOK, "").list(t, "notices")
	if len(got) != 1 || !strings.Contains(textOf(got[0], "title"), "协议") {
		t.Fatalf("got %v, want one agreement", got)
	}
	return object{"id": got[0]["id"], "version": got[0]["version"], "hash": got[0]["hash"]}
}

func (w *fixture) registration(t *testing.T, number, id, code string) object {
	t.Helper()
	return object{"code_id": id, "code": code, "phone": number, "nickname": "老王", "agreement": w.agreement(t)}
}
