package main

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/journey"
	"renzheng/test/people"
)

// All stories, those that fail too, and every wrong call we could think of; and
// then nothing of anybody, and no key, is anywhere but where it belongs.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			l := playForLeaks(t, engine)
			log := []byte(l.logs.String())
			l.anywhere.clean(t, "log", log)
			l.plant(t, "log", log)
			metrics := caller{base: l.servers[0].Admin}.get(t, "/metrics").is(t, http.StatusOK).body
			l.anywhere.clean(t, "metrics", metrics)
			l.plant(t, "metrics", metrics)
			l.checkSpans(t)
			l.checkAnswers(t)
			l.checkDatabase(t)
		})
	}
}

func playForLeaks(t *testing.T, engine storetest.Engine) *leakTest {
	t.Helper()
	sink, settings := openCollector(t)
	settings["BFF_LOG_LEVEL"] = "debug"
	l := &leakTest{
		processFixture: emptyProcessFixture(t, fixtureOptions{engine: &engine, settings: settings}),
		spans:          sink, anywhere: newSieve(), answers: newSieve(),
	}
	l.rows.SetMaxIdleConns(0) // reading a file ends the locks that SQLite has on it in this process
	l.calls = record(t, l.API)
	l.Cases.HTTP = l.calls.client()
	l.start(t, "")
	serial := 100_000 + 2*rand.IntN(100_000)
	result, err := journey.Run(t.Context(), journey.Options{
		Server: l.calls.URL, Sandbox: l.URL, Parallel: 4, Serial: serial, Patience: time.Minute,
	})
	if err != nil || len(result.Differences) > 0 {
		t.Fatalf("got %s, %v: %v", result, err, result.Differences)
	}
	wrong, _ := people.New(people.RareName, serial, time.Now())
	l.prod(t, wrong)
	l.readPhotos(t)
	l.hidePeople(t, serial)
	l.hideKeys(t)
	l.hideSaid(t)
	return l
}

// checkSpans looks into everything that was exported of traces.
func (l *leakTest) checkSpans(t *testing.T) {
	t.Helper()
	spans, ok := l.spans.Wait(collectorWait, has("todo ConfirmTodo", "verification ask", "sql answerTodo", "todo deliver", "provider photo", "unmatched"))
	if !ok {
		t.Errorf("got only the spans %v", names(spans))
	}
	exported := l.spans.Raw()
	l.anywhere.clean(t, "spans", exported)
	l.plant(t, "spans", exported)
}

// checkAnswers looks into every answer with its header. Evidence, for which a
// registry asks by right, shows what the registry itself pushed.
func (l *leakTest) checkAnswers(t *testing.T) {
	t.Helper()
	problems, tokens := 0, 0
	for _, call := range l.calls.all() {
		route, _, _ := strings.Cut(call.path, "?")
		where := call.method + " " + strings.Join(strings.Split(route, "/")[:3], "/") + "/…"
		var header strings.Builder
		if err := call.header.Write(&header); err != nil {
			t.Fatal(err)
		}
		switch {
		case call.status >= http.StatusBadRequest:
			problems++
		case strings.HasSuffix(route, "/evidence"):
			continue
		case strings.HasSuffix(route, "/invitation"), route == "/v1/sessions", strings.HasPrefix(route, "/v1/web/callback"):
			if !strings.HasSuffix(route, "/invitation") {
				tokens++
			}
			l.answers.clean(t, where, append(call.body, header.String()...))
			continue
		}
		body := withoutSignatureBase(call.body)
		if strings.HasSuffix(route, "/owner-check") {
			body = withoutOwnOpenID(t, body)
		}
		l.anywhere.clean(t, where, append(body, header.String()...))
	}
	if problems < 50 || tokens < len(people.Roles()) || l.invitations < 3 {
		t.Errorf("got %d problems, %d tokens and %d invitations: the stories were not recorded", problems, tokens, l.invitations)
	}
	l.plant(t, "an answer", l.calls.all()[0].body)
}

// withoutSignatureBase leaves out what only a sandbox answers, and only to the sender of a request: the lines of that
// request that it should have signed.
func withoutSignatureBase(body []byte) []byte {
	var problem map[string]json.RawMessage
	if json.Unmarshal(body, &problem) != nil || problem["signature_base"] == nil {
		return body
	}
	delete(problem, "signature_base")
	rest, err := json.Marshal(problem)
	if err != nil {
		return body
	}
	return rest
}

// withoutOwnOpenID leaves out what WeChat Pay demands in the parameters of the call by which the person's own client opens
// its mini-program: the open id of that person.
func withoutOwnOpenID(t *testing.T, body []byte) []byte {
	t.Helper()
	var check, call, extra map[string]json.RawMessage
	if json.Unmarshal(body, &check) != nil || check["call"] == nil {
		return body
	}
	if err := errors.Join(json.Unmarshal(check["call"], &call), json.Unmarshal(call["extra_data"], &extra)); err != nil {
		t.Fatal(err)
	}
	delete(extra, "openid")
	delete(call, "extra_data")
	delete(check, "call")
	rest, err := json.Marshal([]map[string]json.RawMessage{check, call, extra})
	if err != nil {
		t.Fatal(err)
	}
	return rest
}

// checkDatabase looks while the server runs, and after it ended for what was
// planted then: that, and nothing else, must be found.
func (l *leakTest) checkDatabase(t *testing.T) {
	t.Helper()
	for name, content := range l.files(t) {
		l.anywhere.clean(t, name+" under a running server", content)
	}
	l.stop(t)
	planted, _ := people.New(people.Passes, 4711, time.Now())
	l.hide(t, "planted number", planted.Number)
	if _, err := l.rows.ExecContext(t.Context(), "UPDATE feeds SET registry_id = ?", planted.Number); err != nil {
		t.Fatal(err)
	}
	places := 0
	for name, content := range l.files(t) {
		for _, what := range l.anywhere.find(content) {
			if places++; what != "planted number, plain" {
				t.Errorf("%s: got a %s", name, what)
			}
		}
	}
	if places < 2 {
		t.Errorf("a planted number was found in %d places, want rows and files", places)
	}
}

// plant checks that a secret is found in a copy, in whatever form it is there.
func (l *leakTest) plant(t *testing.T, where string, content []byte) {
	t.Helper()
	planted, _ := people.New(people.RareName, 4711, time.Now())
	looking := newSieve()
	looking.add(t, "planted name", planted.Name)
	for form, text := range formsOf(planted.Name) {
		copied := append(append([]byte(nil), content[:len(content)/2]...), text...)
		if got := looking.find(append(copied, content[len(content)/2:]...)); len(got) == 0 {
			t.Errorf("%s: a name that was planted %s is not found", where, form)
		}
	}
}

// The program reports invalid settings without their values.
func TestErrorOutput_NamesNoSecret(t *testing.T) {
	t.Parallel()
	sandbox, err := harness.New(t.Context(), harness.Options{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	const secret = "c2VudGluZWwtb2YtYS1zZWNyZXQtdGhhdC1pcy1ub3Qta25vd24"
	for name, change := range map[string]harness.Settings{
		"a database of no kind":            {"BFF_DATABASE": "oracle:scott:" + secret + "@tcp(127.0.0.1:1)/x"},
		"a database that is not up":        {"BFF_DATABASE": "mysql:scott:" + secret + "@tcp(127.0.0.1:1)/x"},
		"a source that is not one":         {"BFF_DATABASE": "mysql:" + secret},
		"a key of Alipay's that is no key": {"BFF_ALIPAY_PRIVATE_KEY": secret},
		"a missing file of a secret":       {"BFF_TENCENTCLOUD_SECRET_KEY": "file:/nowhere/at/all", "BFF_ALIPAY_PRIVATE_KEY": secret},
		"a key file that is broken":        {"BFF_KEYS": fileWith(t, `{"master":[{"id":"m1","key":"`+secret+`"}],"lookup":"`+secret+`"}`)},
		"a key file that is no JSON":       {"BFF_KEYS": fileWith(t, secret)},
		"registries with a bad secret": {"BFF_REGISTRIES": fileWith(t, `{"registries":[{"id":"a","name":"a","keys":[{"id":"k","alg":"ed25519","public_key":"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"}],
			"callback":{"url":"https://a.example/`+secret+`","secret":"whsec_!`+secret+`"}}]}`)},
		"registries that are no JSON": {"BFF_REGISTRIES": fileWith(t, secret)},
		"an unknown variable":         {"BFF_ALIPAY_PRIVAT_KEY": secret},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := command(t, "serve")
			c.Env = append(c.Env, sandbox.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:0", "BFF_ADMIN": "127.0.0.1:0"}).With(change).Environment()...)
			out, err := c.CombinedOutput()
			if err == nil {
				t.Fatal("the server started")
			}
			looking := newSieve()
			looking.add(t, "secret", secret)
			looking.clean(t, "error output", out)
		})
	}
}

func fileWith(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.json")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
