package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/registry"
)

// endpointCommand plays the server against a registry's endpoint.
type endpointCommand struct {
	signing

	URL        string        `help:"Address of the endpoint." required:""`
	RegistryID string        `help:"Id of the registry." required:""`
	Secret     string        `help:"File of the endpoint's secret, whsec_…" required:"" type:"existingfile"`
	KeyID      string        `help:"Id of the registry's key." required:""`
	PublicKey  string        `help:"PEM file of the registry's public key." required:"" type:"existingfile"`
	Alg        string        `help:"Algorithm of that key." default:"ed25519" enum:"ed25519,ecdsa-p256-sha256"`
	Listen     string        `help:"Where the registry reaches the server that this program plays." default:"127.0.0.1:8089"`
	Authority  string        `help:"What the registry signs as @authority." default:"renzheng.sandbox"`
	CaseID     string        `help:"A case that the registry knows; fictitious by default."`
	SignerID   string        `help:"A signer of that case." default:"S1"`
	Timeout    time.Duration `help:"Time for an acknowledgement." default:"10s"`
	Wait       time.Duration `help:"Time for a request for evidence after its event." default:"30s"`
}

// Run checks every clause of an endpoint.
func (c endpointCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	e, err := c.open()
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	server := &http.Server{Handler: e.stub, ReadHeaderTimeout: c.Timeout}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()
	fmt.Printf("the server that the registry calls: http://%s, @authority %s\n", listener.Addr(), c.Authority)
	started := time.Now().UTC()
	s := &suite{clauses: endpointClauses()}
	e.check(ctx, s)
	return c.finish(s.report(report{
		Version: version(), Side: "endpoint", Target: c.URL, RegistryID: c.RegistryID, StartedAt: started, EndedAt: time.Now().UTC(),
	}))
}

// endpoint is what the checks of an endpoint need.
type endpoint struct {
	command endpointCommand
	secret  *standardwebhooks.Webhook
	other   *standardwebhooks.Webhook // which the endpoint does not know
	sealer  *sealer
	forger  *sealer // whose keys the endpoint does not know
	stub    *stub
	client  *http.Client

	mu     sync.Mutex
	slow   answered // the slowest acknowledgement
	serial int
}

func (c endpointCommand) open() (*endpoint, error) {
	text, secretErr := os.ReadFile(c.Secret)
	key, keyErr := os.ReadFile(c.PublicKey)
	secret, parseErr := standardwebhooks.NewWebhook(strings.TrimSpace(string(text)))
	var noise [32]byte
	_, _ = rand.Read(noise[:])
	other, otherErr := standardwebhooks.NewWebhookRaw(noise[:])
	if err := errors.Join(secretErr, keyErr, parseErr, otherErr); err != nil {
		return nil, fmt.Errorf("reading secret and key: %w", err)
	}
	file, err := json.Marshal(object{"registries": []object{{
		"id": c.RegistryID, "name": c.RegistryID, "keys": []object{{"id": c.KeyID, "alg": c.Alg, "public_key": string(key)}},
	}}})
	if err != nil {
		return nil, fmt.Errorf("describing the registry: %w", err)
	}
	directory, err := registry.LoadFile(file)
	if err != nil {
		return nil, fmt.Errorf("describing the registry: %w", err)
	}
	e := &endpoint{command: c, secret: secret, other: other}
	for _, s := range []**sealer{&e.sealer, &e.forger} {
		if *s, err = newSealer("sandbox://registry-check", c.RegistryID, time.Now()); err != nil {
			return nil, err
		}
	}
	e.stub = newStub(registry.NewVerifier(registry.VerifierConfig{
		Directory: directory, Nonces: &nonces{seen: map[string]bool{}}, IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
		Clock: time.Now, Authority: c.Authority,
	}), e.sealer.ring.JWKS())
	e.client = &http.Client{Timeout: c.Timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return e, nil
}

// nonces remembers the nonces of one run.
type nonces struct {
	mu   sync.Mutex
	seen map[string]bool
}

var errUsed = errors.New("the nonce was used before")

// UseNonce implements [registry.NonceStore].
func (n *nonces) UseNonce(_ context.Context, keyID, nonce string, _, _ time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen[keyID+" "+nonce] {
		return errUsed
	}
	n.seen[keyID+" "+nonce] = true
	return nil
}

// send makes one delivery.
func (e *endpoint) send(ctx context.Context, d delivery) answered {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.command.URL, bytes.NewReader(d.body))
	if err != nil {
		return answered{err: err}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "renzheng")
	r.Header.Set("Renzheng-Environment", "sandbox")
	r.Header.Set(standardwebhooks.HeaderWebhookID, d.id)
	r.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(d.at.Unix(), 10))
	if d.signature != "" {
		r.Header.Set(standardwebhooks.HeaderWebhookSignature, d.signature)
	}
	start := time.Now()
	response, err := e.client.Do(r)
	a := answered{took: time.Since(start)}
	if err != nil {
		a.err = fmt.Errorf("no answer: %w", causeOf(err))
		if os.IsTimeout(err) {
			a.err = errors.New("no acknowledgement in time")
		}
		return a
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	_ = response.Body.Close()
	a.status, a.took = response.StatusCode, time.Since(start)
	return a
}

// causeOf leaves out the method and the address, which the report has once.
func causeOf(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

// take makes a delivery that the endpoint must acknowledge.
func (e *endpoint) take(ctx context.Context, d delivery) (answered, error) {
	a := e.send(ctx, d)
	e.mu.Lock()
	if a.took > e.slow.took {
		e.slow = a
	}
	e.mu.Unlock()
	if !a.taken() {
		return a, fmt.Errorf("got %s, want 2xx", a)
	}
	return a, nil
}

// refuse makes a delivery that the endpoint must not acknowledge. No answer is no
// acknowledgement either.
func (e *endpoint) refuse(ctx context.Context, what string, d delivery) (string, error) {
	a := e.send(ctx, d)
	if a.taken() {
		return "", fmt.Errorf("%s: got %s, want it not acknowledged", what, a)
	}
	return what + ": " + a.String(), nil
}
