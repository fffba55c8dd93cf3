package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// watched is a watch of a file of registries that a test writes.
type watched struct {
	*registryWatch

	folder string
	reads  int
	log    bytes.Buffer
}

func newWatched(t *testing.T, entries ...members) *watched {
	t.Helper()
	w := &watched{folder: t.TempDir()}
	w.write(t, "registries.json", listOf(t, entries...))
	var err error
	w.registryWatch, err = openRegistryWatch(filepath.Join(w.folder, "registries.json"), func() (*registry.Directory, error) {
		w.reads++
		content, readErr := os.ReadFile(filepath.Join(w.folder, "registries.json"))
		if readErr != nil {
			return nil, readErr
		}
		return registry.LoadFile(content)
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// write replaces a file, with a time of its own, because two writes may fall into one tick of the file system.
func (w *watched) write(t *testing.T, name, content string) {
	t.Helper()
	path := filepath.Join(w.folder, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Duration(w.reads+1) * time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
}

// lookAgain looks at the files, and returns what was logged.
func (w *watched) lookAgain(t *testing.T) string {
	t.Helper()
	w.log.Reset()
	w.look(t.Context(), slog.New(slog.NewJSONHandler(&w.log, nil)))
	return w.log.String()
}

func listOf(t *testing.T, entries ...members) string {
	t.Helper()
	content, err := json.Marshal(members{"registries": entries})
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// newEntry returns an entry of the file of registries, without a call-back.
func newEntry(t *testing.T, id string) members {
	t.Helper()
	client := &registrytest.Client{Signer: &registrytest.Signer{}}
	_, entry := (&fixture{Sandbox: &harness.Sandbox{Cases: client}}).newGuest(t, guestOptions{id: id})
	return entry
}

func TestRegistryWatch_ReadsOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	first, second := newEntry(t, "first"), newEntry(t, "second")
	w := newWatched(t, first)
	if reads := w.reads; w.lookAgain(t) != "" || w.reads != reads {
		t.Error("an unchanged file was read again")
	}
	w.write(t, "registries.json", listOf(t, first, second))
	if got := w.lookAgain(t); !strings.Contains(got, `"added":["second"],"removed":[]`) {
		t.Errorf("got %q, want the second one added", got)
	}
	w.write(t, "registries.json", listOf(t, second))
	if got := w.lookAgain(t); !strings.Contains(got, `"added":[],"removed":["first"]`) {
		t.Errorf("got %q, want the first one removed", got)
	}
	if _, ok := w.live.Registry("first"); ok {
		t.Error("the removed registry is still there")
	}
}

func TestRegistryWatch_KeepsTheOldIfTheFileIsInvalid(t *testing.T) {
	t.Parallel()
	w := newWatched(t, newEntry(t, "first"))
	w.write(t, "registries.json", `{"registries": [{"id": "FIRST", "name": "", "keys": []}]}`)
	got := w.lookAgain(t)
	for _, place := range []string{"/registries/0/id", "/registries/0/name", "/registries/0/keys"} {
		if !strings.Contains(got, place) {
			t.Errorf("got %q, want the problem at %s", got, place)
		}
	}
	if _, ok := w.live.Registry("first"); !ok {
		t.Error("an invalid file took the registry away")
	}
	if got = w.lookAgain(t); got != "" {
		t.Errorf("the same problems were logged again: %q", got)
	}
	if err := os.Remove(w.path); err != nil {
		t.Fatal(err)
	}
	if got = w.lookAgain(t); !strings.Contains(got, "registries not reloaded") {
		t.Errorf("got %q for a missing file, want it logged", got)
	}
	w.write(t, "registries.json", listOf(t, newEntry(t, "second")))
	if got = w.lookAgain(t); !strings.Contains(got, `"added":["second"],"removed":["first"]`) {
		t.Errorf("got %q for a valid file, want it reloaded", got)
	}
}

func TestRegistryWatch_FollowsFilesOfSecrets(t *testing.T) {
	t.Parallel()
	entry := newEntry(t, "first")
	w := newWatched(t, entry)
	secret := filepath.Join(w.folder, "secret")
	entry["callback"] = members{"url": "http://127.0.0.1:1/", "allow": []string{"127.0.0.1"}, "secret": "file:" + secret}
	w.write(t, "registries.json", listOf(t, entry))
	if got := w.lookAgain(t); !strings.Contains(got, "/registries/0/callback/secret") {
		t.Errorf("got %q, want the missing file reported", got)
	}
	text := "whsec_" + strings.Repeat("c2VjcmV0", 4)
	for _, content := range []string{text, "whsec_" + strings.Repeat("YW5vdGhlcg==", 1), text} {
		w.write(t, "secret", content)
		got := w.lookAgain(t)
		if want := map[bool]string{true: "registries reloaded", false: "registries not reloaded"}[content == text]; !strings.Contains(got, want) {
			t.Errorf("got %q, want %s", got, want)
		}
		if strings.Contains(got, content) {
			t.Errorf("the log shows the secret: %q", got)
		}
	}
}

func TestRegistryWatch_FollowsFilesOfKeys(t *testing.T) {
	t.Parallel()
	entry := newEntry(t, "first")
	keys, _ := entry["keys"].([]members)
	pem, _ := keys[0]["public_key"].(string)
	w := newWatched(t, newEntry(t, "second"))
	w.write(t, "key.pem", pem)
	keys[0]["public_key"] = "file:" + filepath.Join(w.folder, "key.pem")
	w.write(t, "registries.json", listOf(t, entry))
	if got := w.lookAgain(t); !strings.Contains(got, `"added":["first"]`) {
		t.Errorf("got %q, want the registry added", got)
	}
	w.write(t, "key.pem", "-----BEGIN")
	if got := w.lookAgain(t); !strings.Contains(got, "/registries/0/keys/0/public_key") {
		t.Errorf("got %q for half a key, want it reported", got)
	}
}

// A registry that is added while the server runs can push and gets its events. After it was removed, it is unknown.
func TestServe_AddsAndRemovesRegistries(t *testing.T) {
	t.Parallel()
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0]})
	path := tr.Settings["BFF_REGISTRIES"]
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	received := make(chan string, 16)
	callback := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		received <- r.Header.Get("Webhook-Id")
	}))
	t.Cleanup(callback.Close)
	g := tr.invite(t, []guestOptions{{id: "late", url: callback.URL, allow: []string{"127.0.0.1"}}})["late"]
	tr.hangup(t, "registries reloaded")

	pushed := harness.SampleCase(tr.newPerson(people.Passes), time.Now())
	for range 2 { // the second revision supersedes the todo of the first
		if _, err = g.PutCase(t.Context(), "c-1", pushed); err != nil {
			t.Fatal(err)
		}
		pushed.Revision++
		pushed.Header.EnterpriseName += "改"
	}
	select {
	case <-received:
	case <-time.After(time.Minute):
		t.Fatalf("no event came\n%s", tr.logs)
	}
	if err = os.WriteFile(path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	tr.hangup(t, "registries reloaded")
	if _, err = g.PutCase(t.Context(), "c-2", pushed); err == nil {
		t.Error("a registry that was removed can still push")
	}
}

// hangup sends SIGHUP to the servers and waits until each has logged a message.
func (tr *processFixture) hangup(t *testing.T, message string) {
	t.Helper()
	done := `"` + message + `"`
	want := tr.logs.Count(done) + len(tr.servers)
	for _, server := range tr.servers {
		server.ReloadKeys()
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := tr.logs.Wait(ctx, done, want); err != nil {
		t.Fatal(err)
	}
}
