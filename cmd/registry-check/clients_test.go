package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// sampleClient is one of docs/clients.
type sampleClient struct {
	name    string
	command []string
}

// sampleClients returns the clients that this machine can run. make test installs what all of them need, and sets
// BFF_TEST_REQUIRE_CLIENTS.
func sampleClients(t *testing.T) []sampleClient {
	t.Helper()
	const folder = "../../docs/clients/"
	var found []sampleClient
	for _, c := range []struct {
		client sampleClient
		probe  []string
	}{
		{sampleClient{"python", []string{"python3", folder + "python/renzheng.py"}}, []string{"python3", "-c", "import cryptography"}},
		{sampleClient{"node", []string{"node", folder + "node/renzheng.mjs"}}, []string{"node", "--version"}},
		{sampleClient{"java", []string{"java", "-XX:TieredStopAtLevel=1", "-cp", compiled(), "Renzheng"}}, []string{"javac", "--version"}},
	} {
		if out, err := exec.Command(c.probe[0], c.probe[1:]...).CombinedOutput(); err == nil {
			found = append(found, c.client)
		} else if os.Getenv("BFF_TEST_REQUIRE_CLIENTS") != "" {
			t.Errorf("%s cannot run: %v %s", c.client.name, err, out)
		}
	}
	return found
}

// compiled returns a folder with the client in Java, or one without it if it cannot be compiled. To compile it for each
// command would take seconds.
var compiled = sync.OnceValue(func() string {
	folder, err := os.MkdirTemp("", "registry-check")
	if err == nil {
		_ = exec.Command("javac", "-d", folder, "../../docs/clients/java/Renzheng.java").Run()
	}
	return folder
})

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(compiled())
	os.Exit(code)
}

// settingsOf writes the settings of a client.
func settingsOf(t *testing.T, settings object) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "client.json")
	settings["data"] = t.TempDir()
	if err := os.WriteFile(path, settings.encode(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// start returns a command of the client.
func (c sampleClient) start(ctx context.Context, settings string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.command[0], append(c.command[1:len(c.command):len(c.command)], args...)...)
	cmd.Env = append(os.Environ(), "RENZHENG="+settings)
	cmd.WaitDelay = time.Second
	return cmd
}

// run returns what a command prints.
func (c sampleClient) run(t *testing.T, settings string, args ...string) string {
	t.Helper()
	var problems strings.Builder
	cmd := c.start(t.Context(), settings, args...)
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", c.name, args, err, out, problems.String())
	}
	return string(out)
}

func TestClients_AgreeWithTheVectors(t *testing.T) {
	t.Parallel()
	for _, c := range sampleClients(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, "", "vectors", vectorsPath)
			broken := t.TempDir()
			for _, name := range []string{"request.json", "webhook.json", "commitment.json", "evidence.json"} {
				content, err := os.ReadFile(vectorsPath + name)
				if err != nil {
					t.Fatal(err)
				}
				if name == "evidence.json" {
					content = []byte(strings.Replace(string(content), `"valid": false`, `"valid": true`, 1))
				}
				if err = os.WriteFile(filepath.Join(broken, name), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if out, err := c.start(t.Context(), "", "vectors", broken).CombinedOutput(); err == nil {
				t.Errorf("got no error for a vector that is wrong: %s", out)
			}
		})
	}
}

func TestClients_PassTheCheck(t *testing.T) {
	t.Parallel()
	for _, client := range sampleClients(t) {
		t.Run(client.name, func(t *testing.T) {
			t.Parallel()
			c := checked(t, "")
			endpoint := freeAddress(t)
			_, port, err := net.SplitHostPort(endpoint)
			if err != nil {
				t.Fatal(err)
			}
			settings := settingsOf(t, object{
				"base": "http://" + c.Listen, "authority": c.Authority, "registry_id": c.RegistryID, "key_id": c.KeyID,
				"key": filepath.Join(filepath.Dir(c.Secret), "private.pem"), "secret": c.Secret,
			})
			serving := client.start(t.Context(), settings, "serve", port)
			if err = serving.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = serving.Process.Kill()
				_ = serving.Wait()
			})
			waitFor(t, endpoint)
			c.URL = "http://" + endpoint + "/"
			if err = c.Run(); err != nil {
				r, _ := readBack(t, c.signing)
				t.Errorf("%v: %s", err, seenOf(r, broken(r)))
			}
		})
	}
}

// waitFor waits until an address can be reached.
func waitFor(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address); err == nil {
			_ = conn.Close()
			return
		}
	}
	t.Fatalf("%s cannot be reached", address)
}

func TestClients_PushPullAndFile(t *testing.T) {
	t.Parallel()
	c, sandbox := sandboxed(t)
	for _, client := range sampleClients(t) {
		t.Run(client.name, func(t *testing.T) {
			t.Parallel()
			settings := settingsOf(t, object{
				"base": c.URL, "authority": c.Authority, "registry_id": "sample", "key_id": c.KeyID, "key": c.Key, "secret": "",
			})
			path, caseID := filepath.Join(t.TempDir(), "case.json"), "case-of-"+client.name
			pushed := sampleCase(1)
			for range 2 {
				if err := os.WriteFile(path, encoded(t, pushed), 0o600); err != nil {
					t.Fatal(err)
				}
				if got := client.run(t, settings, "push", caseID, path); !strings.Contains(strings.ReplaceAll(got, " ", ""), `"changed":true`) {
					t.Errorf("got %s for a push", got)
				}
				pushed.Revision, pushed.Signers[0].Role = pushed.Revision+1, "监事"
			}
			if _, err := sandbox.Cases.CloseSigner(t.Context(), caseID, "S2"); err != nil {
				t.Fatal(err)
			}
			file := strings.TrimSpace(client.run(t, settings, "evidence", caseID, "S2", "1"))
			if _, err := os.Stat(file); err != nil {
				t.Errorf("no evidence was filed: %v", err)
			}
			superseded := func() bool { return strings.Contains(client.run(t, settings, "pull"), caseID) }
			for end := time.Now().Add(time.Minute); !superseded(); {
				if time.Now().After(end) {
					t.Fatal("the event is not in the feed")
				}
			}
			if again := client.run(t, settings, "pull"); strings.Contains(again, caseID) {
				t.Errorf("got %s again, want nothing of before the cursor", again)
			}
		})
	}
}
