package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

// serverCommand plays a registry against a server.
type serverCommand struct {
	signing

	URL       string        `help:"Address of the server, which must be that of a sandbox." required:""`
	Authority string        `help:"What the server expects as @authority." default:"renzheng.sandbox"`
	KeyID     string        `help:"Id of the registry's key." required:""`
	Key       string        `help:"PEM file of the registry's private key (PKCS #8)." required:"" type:"existingfile"`
	Wait      time.Duration `help:"Time until an event is in the feed." default:"30s"`
}

// Run checks every clause of a server.
func (c serverCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	content, err := os.ReadFile(c.Key)
	if err != nil {
		return fmt.Errorf("reading the registry's key: %w", err)
	}
	key, err := parseKey(content)
	if err != nil {
		return err
	}
	server := &server{
		wait: c.Wait, caseID: "registry-check-" + strings.ToLower(rand.Text()),
		client: &registrytest.Client{
			BaseURL: strings.TrimSuffix(c.URL, "/"), HTTP: &http.Client{Timeout: time.Minute},
			Signer: &registrytest.Signer{KeyID: c.KeyID, Key: key, Authority: c.Authority, Clock: time.Now},
		},
	}
	if err = server.requireSandbox(ctx); err != nil {
		return err
	}
	started := time.Now().UTC()
	s := &suite{clauses: serverClauses()}
	server.check(ctx, s)
	return c.finish(s.report(report{
		Version: version(), Side: "server", Target: c.URL, StartedAt: started, EndedAt: time.Now().UTC(),
	}))
}

// server is what the checks of a server need.
type server struct {
	client *registrytest.Client
	caseID string
	wait   time.Duration

	keys  []byte // of receipts
	state registrytest.CaseState
}

// requireSandbox rejects a server of real cases, in which fictitious ones would stay.
func (s *server) requireSandbox(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.client.BaseURL+"/healthz", http.NoBody)
	if err != nil {
		return fmt.Errorf("asking the server: %w", err)
	}
	response, err := s.client.HTTP.Do(r)
	if err != nil {
		return fmt.Errorf("asking the server: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	var health struct {
		Environment string `json:"environment"`
	}
	if err = json.NewDecoder(io.LimitReader(response.Body, 1<<16)).Decode(&health); err != nil || health.Environment != "sandbox" {
		return errors.New("the server is not that of a sandbox: the cases of this program would be real")
	}
	return nil
}

// sampleCase returns a case of two fictitious persons.
func sampleCase(revision int64) registrytest.Case {
	signer := func(id, number, name string) registrytest.Signatory {
		return registrytest.Signatory{
			SignerID: id, Role: "股东", Document: registrytest.Document{Type: "resident_id", Number: number, Name: name},
			Items: []todo.Item{{Label: "出资额", Value: "60万元"}},
		}
	}
	return registrytest.Case{
		Revision: revision,
		Header: todo.Header{
			EnterpriseName: "样例餐饮有限公司（模拟）", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-11-20",
		},
		Items:   []todo.Item{{Label: "注册资本", Value: "壹佰万元人民币"}},
		Signers: []registrytest.Signatory{signer("S1", "119901197001010018", "李样例"), signer("S2", "119901197001010026", "王样例")},
	}
}

// wantProblem returns an error unless err is a problem with a status and code.
func wantProblem(err error, status int, code string) error {
	var p *registrytest.ProblemError
	if !errors.As(err, &p) || p.Status != status || p.Code != code {
		return fmt.Errorf("got %w, want %d %s", orNone(err), status, code)
	}
	return nil
}

func orNone(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}
