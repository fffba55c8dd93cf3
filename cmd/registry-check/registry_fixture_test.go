package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

// fault is what is wrong with a registry; "" is nothing.
type fault string

const (
	ignoresSignature fault = "takes events of anybody"
	ignoresTimestamp fault = "takes events of last week"
	signsNoID        fault = "computes the signature without the id"
	parsesFirst      fault = "computes the signature over JSON that it wrote again"
	readsOne         fault = "reads one signature"
	rejectsAgain     fault = "answers 409 to an event that it has seen"
	rejectsTypes     fault = "answers 400 to an unknown type"
	rejectsMembers   fault = "answers 400 to an unknown member"
	rejectsLate      fault = "answers 409 to an earlier revision"
	readsLittle      fault = "reads 16 KiB"
	takesForeign     fault = "takes events of other registries"
	trustsReceipts   fault = "does not verify receipts"
	isSlow           fault = "answers late"
	readsAll         fault = "takes what it cannot read"
	signsElsewhere   fault = "signs the address that it connects to"
	repeatsNonce     fault = "uses a nonce twice"
	omitsRevision    fault = "asks for the newest evidence"
	filesAnything    fault = "files evidence without a look"
	neverFetches     fault = "never fetches evidence"
	skipsEvents      fault = "asks for the feed after the events that it has"
)

// sampleRegistry is a registry's system with a fault.
type sampleRegistry struct {
	fault  fault
	secret *standardwebhooks.Webhook
	client *registrytest.Client

	mu      sync.Mutex
	seen    map[string]bool
	filed   map[string]bool
	highest map[string]int64
	keys    []byte
	work    sync.WaitGroup
}

// ServeHTTP takes an event.
func (g *sampleRegistry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	limit := int64(256 << 10)
	if g.fault == readsLittle {
		limit = 16 << 10
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	switch {
	case g.fault == readsAll && err != nil:
		w.WriteHeader(http.StatusNoContent)
		return
	case err != nil:
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if g.fault == isSlow && strings.Contains(string(body), string(todo.EventExpired)) {
		<-r.Context().Done()
		return
	}
	if !g.signed(r.Header, body) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.WriteHeader(g.take(r.Context(), r.Header.Get("Webhook-Id"), body))
}

func (g *sampleRegistry) signed(header http.Header, body []byte) bool {
	header = header.Clone()
	seconds, err := strconv.ParseInt(header.Get("Webhook-Timestamp"), 10, 64)
	switch g.fault { //nolint:exhaustive // the others are elsewhere
	case ignoresSignature:
		return true
	case parsesFirst:
		var value object
		if json.Unmarshal(body, &value) != nil {
			return false
		}
		body = value.encode()
	case readsOne:
		header.Set("Webhook-Signature", strings.Fields(header.Get("Webhook-Signature") + " x")[0])
	case signsNoID:
		return err == nil && header.Get("Webhook-Signature") != "" && (g.secret.VerifyIgnoringTimestamp(body, header) == nil || strings.HasSuffix(header.Get("Webhook-Id"), "x"))
	}
	inTime := err == nil && time.Since(time.Unix(seconds, 0)).Abs() < 5*time.Minute
	return (inTime || g.fault == ignoresTimestamp) && g.secret.VerifyIgnoringTimestamp(body, header) == nil
}

// take acknowledges an event, or returns another status.
func (g *sampleRegistry) take(ctx context.Context, id string, body []byte) int {
	var e registrytest.Event
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	if g.fault == rejectsMembers {
		decoder.DisallowUnknownFields()
	}
	if decoder.Decode(&e) != nil {
		return http.StatusBadRequest
	}
	report, ok := g.verified(ctx, e)
	if !ok {
		return http.StatusUnprocessableEntity
	}
	seen, late := g.remember(id, e)
	switch {
	case e.Data.RegistryID != g.id() && g.fault != takesForeign:
		return http.StatusForbidden
	case g.fault == rejectsTypes && !slices.Contains(knownTypes(), e.Type):
		return http.StatusBadRequest
	case g.fault == rejectsAgain && seen, g.fault == rejectsLate && late:
		return http.StatusConflict
	case e.Type == todo.EventConfirmed && g.fault != neverFetches:
		g.work.Go(func() { g.file(context.WithoutCancel(ctx), id, e, report) })
	}
	return http.StatusNoContent
}

// verified reports whether an event has no receipt, or the right one.
func (g *sampleRegistry) verified(ctx context.Context, e registrytest.Event) (receipt.Report, bool) {
	if e.Type != todo.EventConfirmed && e.Type != todo.EventDeclined || g.fault == trustsReceipts {
		return receipt.Report{}, true
	}
	report, err := receipt.Verify([]byte(e.Data.Receipt), g.trusted(ctx))
	return report, err == nil && report.Statement.ConfirmationID == e.Data.ConfirmationID
}

// remember reports whether the event was seen before, and whether one of a later revision was.
func (g *sampleRegistry) remember(id string, e registrytest.Event) (seen, late bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	seen, late = g.seen[id], g.highest[e.Data.CaseID] > e.Data.Revision
	g.seen[id], g.highest[e.Data.CaseID] = true, max(g.highest[e.Data.CaseID], e.Data.Revision)
	return seen, late
}

func (*sampleRegistry) id() string { return "sample" }

func (g *sampleRegistry) trusted(ctx context.Context) []byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.keys == nil {
		g.keys, _ = g.client.Keys(ctx)
	}
	return g.keys
}

// file fetches the evidence of an event, and files it if it is that of the receipt.
func (g *sampleRegistry) file(ctx context.Context, id string, e registrytest.Event, report receipt.Report) {
	g.mu.Lock()
	filed := g.filed[id]
	g.mu.Unlock()
	if filed {
		return
	}
	if g.fault == skipsEvents {
		_, _ = g.client.Events(ctx, 1000)
	}
	revision := e.Data.Revision
	if g.fault == omitsRevision {
		revision = 0
	}
	content, err := g.evidence(ctx, e, revision)
	if err == nil && g.fault != filesAnything {
		_, err = todo.CheckEvidence(content, report)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.filed[id] = err == nil
}

func (g *sampleRegistry) evidence(ctx context.Context, e registrytest.Event, revision int64) ([]byte, error) {
	if g.fault != repeatsNonce {
		return g.client.GetEvidence(ctx, e.Data.CaseID, e.Data.SignerID, revision)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, g.client.BaseURL+"/registry/v1/cases/"+e.Data.CaseID+"/signers/"+e.Data.SignerID+
		"/evidence?revision="+strconv.FormatInt(revision, 10), http.NoBody)
	if err != nil {
		return nil, err
	}
	draft := g.client.Signer.Draft(nil)
	draft.Nonce = "always-the-same-nonce"
	if err = draft.Apply(r, g.client.Signer.Key); err != nil {
		return nil, err
	}
	response, err := g.client.HTTP.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	return io.ReadAll(response.Body)
}

// checked is the command that checks a registry with a fault, which is running.
func checked(t *testing.T, f fault) endpointCommand {
	t.Helper()
	folder := t.TempDir()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	secret := "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))
	webhook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	c := endpointCommand{
		signing:    signing{Report: filepath.Join(folder, "report.jws"), Key: filepath.Join(folder, "key.pem")},
		RegistryID: "sample", KeyID: "sample-1", Alg: "ed25519", Authority: "renzheng.sandbox", SignerID: "S1",
		Secret: filepath.Join(folder, "secret"), PublicKey: filepath.Join(folder, "public.pem"),
		Listen: freeAddress(t), Timeout: 20 * time.Second, Wait: 20 * time.Second,
	}
	switch f { //nolint:exhaustive // only these wait to the end
	case isSlow:
		c.Timeout = 2 * time.Second
	case neverFetches, omitsRevision, filesAnything:
		c.Wait = 3 * time.Second
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{
		filepath.Join(folder, "private.pem"): pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}),
		c.Secret:                             []byte(secret + "\n"), c.PublicKey: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
	} {
		if err = os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	authority := c.Authority
	if f == signsElsewhere {
		authority = c.Listen
	}
	g := &sampleRegistry{
		fault: f, secret: webhook, seen: map[string]bool{}, filed: map[string]bool{}, highest: map[string]int64{},
		client: &registrytest.Client{
			BaseURL: "http://" + c.Listen, HTTP: &http.Client{Timeout: time.Minute},
			Signer: &registrytest.Signer{KeyID: c.KeyID, Key: private, Authority: authority, Clock: time.Now},
		},
	}
	server := httptest.NewServer(g)
	t.Cleanup(func() {
		server.Close()
		g.work.Wait()
	})
	c.URL = server.URL
	return c
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func encoded(t *testing.T, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
