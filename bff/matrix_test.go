package bff_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// matrix asks for resources of a victim as a caller that may not see them, and in the same way for resources that do
// not exist.
type matrix struct {
	handler http.Handler
	victim  *victim
	caller  caller

	calls int
	leaks []string
}

// TestMatrix_NobodySeesWhatIsAnothers makes every call of the contract, as every caller that may not see a resource,
// once for that resource and once for a random id of the same shape. The answers must not differ.
func TestMatrix_NobodySeesWhatIsAnothers(t *testing.T) { //nolint:tparallel // what follows needs the end of its subtests
	t.Parallel()
	operations, err := operationsOf(contractDocument(t))
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	calls, leaks := 0, 0
	t.Run("callers", func(t *testing.T) {
		for name, enter := range callers() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				m := newMatrix(t, enter)
				m.run(t, operations)
				for _, leak := range m.leaks {
					t.Error(leak)
				}
				mu.Lock()
				defer mu.Unlock()
				calls, leaks = calls+m.calls, leaks+len(m.leaks)
			})
		}
	})
	t.Logf("calls: %d, leaks: %d", calls, leaks)
}

func newMatrix(t *testing.T, enter func(*testing.T, *victim) caller) *matrix {
	t.Helper()
	w := newSupportFixture(t).fixture
	v := newVictim(t, w)
	return &matrix{handler: w.api.Public(), victim: v, caller: enter(t, v)}
}

// run makes all calls, and then checks that none of them changed anything of the victim.
func (m *matrix) run(t *testing.T, operations []operation) {
	t.Helper()
	before := m.victim.state(t)
	for _, o := range operations {
		if (o.id == "eraseMe" || o.id == "freezeMe") && m.caller.samePerson {
			continue // it is that person's own right, in any session
		}
		bodies := o.bodies
		if len(bodies) == 0 {
			bodies = []object{nil}
		}
		for _, body := range bodies {
			if len(o.slotsOf(body)) == 0 {
				m.ask(t, o, nil, body)
			}
			for _, s := range o.slotsOf(body) {
				m.tryAll(t, o, s, body)
			}
		}
	}
	after := m.victim.state(t)
	for path, was := range before {
		if after[path] != was {
			m.leak("%s was changed:\n%s\n%s", path, was, after[path])
		}
	}
}

// tryAll puts each of the victim's resources in a slot. The other slots hold what belongs to that resource, something
// of the caller's own, or ids that do not exist.
func (m *matrix) tryAll(t *testing.T, o operation, s slot, body object) {
	t.Helper()
	for _, r := range append(slices.Clone(m.victim.resources[s.kind]), m.caller.lost...) {
		if r.kind != s.kind || m.caller.may(r) {
			continue
		}
		for _, named := range m.others(o, s, r, body) {
			named[s] = r
			owned, ownedAnswer := m.ask(t, o, named, body)
			none := maps.Clone(named)
			none[s] = r.random()
			random, randomAnswer := m.ask(t, o, none, body)
			if a, b := plain(ownedAnswer, r.id), plain(randomAnswer, none[s].id); a != b {
				m.leak("%s %s differs from %s:\n%s\n%s", owned.method, owned.path, random.path, a, b)
			}
		}
	}
}

// others returns the ways to fill the other slots.
func (m *matrix) others(o operation, s slot, r resource, body object) []map[slot]resource {
	victims, own, none := map[slot]resource{}, map[slot]resource{}, map[slot]resource{}
	for _, other := range o.slotsOf(body) {
		if other == s {
			continue
		}
		all := m.victim.resources[other.kind]
		n := max(0, slices.IndexFunc(all, func(x resource) bool { return x.of == r.of }))
		victims[other], none[other] = all[n], all[n].random()
		if mine, has := m.caller.own[other.kind]; has {
			own[other] = mine
		}
	}
	if len(victims) == 0 {
		return []map[slot]resource{{}}
	}
	if len(own) < len(victims) {
		return []map[slot]resource{victims, none}
	}
	return []map[slot]resource{victims, none, own}
}

// ask makes a call, records a leak for every secret in the answer, and returns the answer.
func (m *matrix) ask(t *testing.T, o operation, named map[slot]resource, body object) (request, string) {
	t.Helper()
	m.calls++
	r := o.request(m.caller, named, body)
	sent := r.http(t)
	recorder := httptest.NewRecorder()
	m.handler.ServeHTTP(recorder, sent)
	var answer bytes.Buffer
	fmt.Fprintf(&answer, "%d\n", recorder.Code)
	header := recorder.Header()
	id := header.Get("X-Request-Id")
	header.Del("X-Request-Id")
	if err := header.Write(&answer); err != nil {
		t.Fatal(err)
	}
	answer.Write(recorder.Body.Bytes())
	text := strings.ReplaceAll(answer.String(), id, "{request}")
	for _, secret := range m.secrets() {
		if strings.Contains(text, secret) && !strings.Contains(fmt.Sprint(r.path, r.body), secret) {
			m.leak("%s %s reveals %s:\n%s", r.method, r.path, secret, text)
		}
	}
	return r, text
}

// secrets returns what no answer to the caller may contain, unless the request named it.
func (m *matrix) secrets() []string {
	var secrets []string
	if !m.caller.samePerson {
		secrets = append(secrets, m.victim.secrets...)
	}
	if !m.caller.samePerson && !m.caller.knowsDocument {
		secrets = append(secrets, m.victim.name)
	}
	for _, kind := range []string{"attempt", "confirmation", "consent", "event", "invitation", "ticket", "todo", "verification"} {
		for _, r := range m.victim.resources[kind] {
			if !m.caller.may(r) {
				secrets = append(secrets, r.id)
			}
		}
	}
	return secrets
}

func (m *matrix) leak(format string, args ...any) {
	m.leaks = append(m.leaks, fmt.Sprintf(format, args...))
}

var (
	anID   = regexp.MustCompile(`\b(acc|att|cas|cfm|con|evt|grt|ses|tkt|tod|ver)_[0-9A-Za-z]+`)
	aToken = regexp.MustCompile(`"[0-9A-Za-z_-]{43}"`) // a token or a salted digest
)

// plain returns an answer without the id that was asked for and without values that are random in each call.
func plain(answer, asked string) string {
	answer = strings.ReplaceAll(answer, asked, "{asked}")
	return aToken.ReplaceAllString(anID.ReplaceAllString(answer, "{id}"), `"{random}"`)
}
