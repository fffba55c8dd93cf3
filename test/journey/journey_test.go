package journey_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/journey"
	"renzheng/test/people"
)

// binary is the server as it is shipped.
var binary string

func TestMain(m *testing.M) { os.Exit(withBinary(m)) }

func withBinary(m *testing.M) int {
	folder, err := os.MkdirTemp("", "renzheng-journey")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	binary = filepath.Join(folder, "bff")
	build := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, "renzheng/cmd/bff")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the server: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// sandbox returns a sandbox with the server's binary running in it, and its log.
func sandbox(t *testing.T, database string) (*harness.Sandbox, *harness.Server, *harness.Log) {
	t.Helper()
	w, err := harness.New(t.Context(), harness.Options{Data: t.TempDir(), Database: database})
	if err != nil {
		t.Fatal(err)
	}
	var logs harness.Log
	server, err := w.Start(t.Context(), harness.Program{Path: binary, Logs: &logs})
	if err != nil {
		t.Fatalf("starting the server: %v\n%s", err, logs.String())
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
		for line := range strings.Lines(logs.String()) {
			if t.Failed() && !strings.Contains(line, `"level":"INFO"`) {
				t.Log(line)
			}
		}
		_ = w.Close()
	})
	return w, server, &logs
}

func TestRun_EveryStoryGoesAsDocumented(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			w, server, _ := sandbox(t, engine.New(t))
			if err := w.PushSamples(t.Context()); err != nil {
				t.Fatal(err)
			}
			play(t, journey.Options{Server: server.URL, Sandbox: w.URL, Parallel: 16, Patience: time.Minute})
			// A server that has run before makes no difference.
			some := append(people.InAlipay(people.Passes, people.ThreeRoles, people.Declines), people.Role{Channel: people.WeChat, Form: people.Passport, Fate: people.Passes})
			play(t, journey.Options{Server: server.URL, Sandbox: w.URL, Parallel: 16, Patience: time.Minute, Roles: some})
		})
	}
}

func play(t *testing.T, o journey.Options) {
	t.Helper()
	var out bytes.Buffer
	if o.Out == nil {
		o.Out = &out
	} else {
		o.Out = io.MultiWriter(&out, o.Out)
	}
	result, err := journey.Run(t.Context(), o)
	if err != nil {
		t.Error(err)
		return
	}
	for _, difference := range result.Differences {
		t.Error(difference)
	}
	persons := len(people.Roles())
	if len(o.Roles) > 0 {
		persons = len(o.Roles)
	}
	want := fmt.Sprintf("stories: %d, as documented: %[1]d\n", persons*max(o.Repeat, 1))
	if got := out.String(); !strings.HasSuffix(got, want) {
		t.Errorf("the last lines are\n%s\nwant %s", got[max(0, len(got)-500):], want)
	}
}

func TestRun_ARestartDisturbsNobody(t *testing.T) {
	t.Parallel()
	w, server, _ := sandbox(t, "")
	roles, err := people.Choose("alipay/resident_id", "wechat/resident_id", "alipay/hk_macau_permit", "wechat/passport")
	if err != nil {
		t.Fatal(err)
	}
	progress := &steps{enough: make(chan struct{}, 1)}
	played := inBackground(func() {
		play(t, journey.Options{Server: server.URL, Sandbox: w.URL, Parallel: 16, Patience: time.Minute, Roles: roles, Out: progress})
	})
	for restarts := 0; ; restarts++ {
		select {
		case <-played:
			if restarts == 0 {
				t.Error("the stories ended before the server was restarted once")
			}
			return
		case <-progress.enough:
		}
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		if err := server.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// steps counts the steps of stories, which are written to it, and sends a value
// each time that enough were made since the one before.
type steps struct {
	made   atomic.Int64
	enough chan struct{}
}

func (s *steps) Write(p []byte) (int, error) {
	const enough = 50
	if s.made.Add(1)%enough == 0 {
		select {
		case s.enough <- struct{}{}:
		default: // the server is being restarted
		}
	}
	return len(p), nil
}

func TestRun_ARotationOfTheKeysDisturbsNobody(t *testing.T) {
	t.Parallel()
	w, server, logs := sandbox(t, "")
	whole := journey.Options{
		Server: server.URL, Sandbox: w.URL, Parallel: 4, Patience: time.Minute, Serial: 1, Repeat: 6,
		Roles: people.InAlipay(people.Passes, people.ThreeRoles, people.RareName, people.UncertifiedOwner),
	}
	play(t, whole)
	before := subjects(t, w)
	played := inBackground(func() { play(t, whole) }) // the same persons again
	for _, kind := range []string{"master", "lookup"} {
		tool(t, "keys", "introduce", kind, w.Settings["BFF_KEYS"])
		reloadKeys(t, server, logs)
		tool(t, "keys", "promote", kind, w.Settings["BFF_KEYS"])
		reloadKeys(t, server, logs)
		tool(t, "rekey", "--database", w.Settings["BFF_DATABASE"], "--keys", w.Settings["BFF_KEYS"])
	}
	<-played
	if after := subjects(t, w); after != before {
		t.Errorf("got %d subjects after the rotation, want the %d of before", after, before)
	}
}

// reloadKeys lets a server read its keys again and waits until it has.
func reloadKeys(t *testing.T, server *harness.Server, logs *harness.Log) {
	t.Helper()
	const done = `"keys reloaded"`
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	want := logs.Count(done) + 1
	server.ReloadKeys()
	if err := logs.Wait(ctx, done, want); err != nil {
		t.Fatal(err)
	}
}

// tool runs one of the server's other commands.
func tool(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
		t.Errorf("bff %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func subjects(t *testing.T, w *harness.Sandbox) int {
	t.Helper()
	path, _ := strings.CutPrefix(w.Settings["BFF_DATABASE"], "sqlite:")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM subjects").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func inBackground(work func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	return done
}

func TestRun_TellsWhatIsNotAsDocumented(t *testing.T) {
	t.Parallel()
	w, _, _ := sandbox(t, "")
	for name, handler := range map[string]http.HandlerFunc{
		"a server that says yes to everything": func(out http.ResponseWriter, _ *http.Request) {
			_, _ = out.Write([]byte("{}"))
		},
		"a server that answers without problem documents": func(out http.ResponseWriter, _ *http.Request) {
			http.Error(out, "no", http.StatusTeapot)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(handler)
			defer server.Close()
			var out bytes.Buffer
			result, err := journey.Run(t.Context(), journey.Options{Server: server.URL, Sandbox: w.URL, Out: &out, Patience: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if result.AsDocumented != 0 || result.Stories != len(people.Roles()) {
				t.Errorf("got %s, want no story as documented", result)
			}
			if want := fmt.Sprintf("stories: %d, as documented: 0\n", len(people.Roles())); !strings.HasSuffix(out.String(), want) {
				t.Errorf("the last line is not %q", want)
			}
		})
	}
}
