package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/test/harness"
)

// sandboxed starts the server of a sandbox, and returns the command that checks it.
func sandboxed(t *testing.T) (serverCommand, *harness.Sandbox) {
	t.Helper()
	folder := t.TempDir()
	bff := filepath.Join(folder, "bff")
	if out, err := exec.Command("go", "build", "-tags", "nomsgpack", "-o", bff, "renzheng/cmd/bff").CombinedOutput(); err != nil {
		t.Fatalf("building bff: %v\n%s", err, out)
	}
	sandbox, err := harness.New(t.Context(), harness.Options{Data: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	var log harness.Log
	server, err := sandbox.Start(t.Context(), harness.Program{Path: bff, Logs: &log})
	if err != nil {
		t.Fatalf("starting the server: %v\n%s", err, log.String())
	}
	t.Cleanup(server.Kill)
	key, _ := sandbox.Cases.Signer.Key.(ed25519.PrivateKey)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "registry.pem")
	if err = os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return serverCommand{
		signing: signing{Report: filepath.Join(folder, "report.jws"), Key: filepath.Join(folder, "report.pem")},
		URL:     server.URL, Authority: sandbox.Cases.Signer.Authority, KeyID: sandbox.Cases.Signer.KeyID, Key: path, Wait: time.Minute,
	}, sandbox
}

func TestServer_PassesTheServer(t *testing.T) {
	t.Parallel()
	c, _ := sandboxed(t)
	if err := c.Run(); err != nil {
		r, _ := readBack(t, c.signing)
		t.Fatalf("%v: %s", err, seenOf(r, broken(r)))
	}
	r, _ := readBack(t, c.signing)
	for _, x := range r.Results {
		if x.Outcome != passed {
			t.Errorf("%s: got %s (%s), want pass", x.Clause, x.Outcome, x.Seen)
		}
	}
	another := c
	another.Authority = "another.example"
	if err := another.Run(); err == nil {
		t.Error("got no error with a wrong authority")
	}
	if r, _ = readBack(t, another.signing); len(broken(r)) != 1 || broken(r)[0] != "S2" {
		t.Errorf("got %q, want S2 alone, because nothing can be pushed", broken(r))
	}
}

// docs/registry.md has the clauses as the program prints them.
func TestClauses_AreThoseOfTheDocument(t *testing.T) {
	t.Parallel()
	var printed strings.Builder
	if err := printClauses(&printed); err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile("../../docs/registry.md")
	if err != nil {
		t.Fatal(err)
	}
	for table := range strings.SplitSeq(strings.TrimSpace(printed.String()), "\n\n") {
		if !strings.Contains(string(document), table) {
			t.Errorf("docs/registry.md lacks the table that registry-check clauses prints:\n%s", table)
		}
	}
}
