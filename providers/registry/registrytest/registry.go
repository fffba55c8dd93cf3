package registrytest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/receipt"
)

// Paths of a Registry.
const (
	EventPath = "/events" // POST: where it is told
	PagePath  = "/"       // GET: what it shows
)

// Options of a Registry. ID, Secrets and Clock are required.
type Options struct {
	ID      string   // as the service knows it
	Name    string   // shown on the page
	Secrets []string // whsec_…; an event holds under any of them
	Clock   func() time.Time

	// Client asks the service for evidence after a confirmation, and for the
	// public keys of receipts. nil = no evidence is fetched.
	Client *Client
	// Keys returns the trusted public keys of receipts. nil = from the Client.
	Keys func(context.Context) ([]byte, error)
	// Fail is asked for each push what goes wrong. nil = nothing.
	Fail func() Failure
}

// Registry is the registry's end. Safe for concurrent use.
type Registry struct {
	options  Options
	secrets  []*standardwebhooks.Webhook
	mux      *http.ServeMux
	fetching sync.WaitGroup

	mu       sync.Mutex
	records  []*Record // in the order of arrival
	refusals []Refusal
	keys     []byte // of receipts, as last fetched
}

var _ http.Handler = (*Registry)(nil)

// Record is an event as the registry knows it.
type Record struct {
	ID         string
	Event      Event
	ReceivedAt time.Time
	Times      int // how often it came

	Evidence        *receipt.Evidence // nil = not fetched
	EvidenceProblem string            // why the evidence is missing or not accepted; "" = no problem
}

// Refusal is a push that was not taken.
type Refusal struct {
	At     time.Time
	ID     string // as claimed
	Reason string
}

// New returns a registry, or says what its options lack.
func New(o Options) (*Registry, error) {
	if o.ID == "" || o.Clock == nil || len(o.Secrets) == 0 {
		return nil, errors.New("registrytest: requires an id, a secret and a clock")
	}
	if o.Keys == nil && o.Client == nil {
		return nil, errors.New("registrytest: requires trusted keys, or a client to fetch them")
	}
	if o.Keys == nil {
		o.Keys = o.Client.Keys
	}
	if o.Fail == nil {
		o.Fail = func() Failure { return Healthy }
	}
	g := &Registry{options: o, mux: http.NewServeMux()}
	for _, secret := range o.Secrets {
		webhook, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			return nil, errors.New("registrytest: a secret is malformed")
		}
		g.secrets = append(g.secrets, webhook)
	}
	g.mux.HandleFunc("POST "+EventPath, g.serveEvent)
	g.mux.HandleFunc("GET "+PagePath+"{$}", g.servePage)
	return g, nil
}

// ServeHTTP takes events and shows the page.
func (g *Registry) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

// Records returns the events, each once, in the order in which they first came.
func (g *Registry) Records() []Record {
	g.mu.Lock()
	defer g.mu.Unlock()
	records := make([]Record, len(g.records))
	for i, record := range g.records {
		records[i] = *record
	}
	return records
}

// Refusals returns the pushes that were not taken, by reason of their own.
func (g *Registry) Refusals() []Refusal {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.refusals)
}

// Wait returns when no evidence is being fetched any more. No event may arrive
// meanwhile.
func (g *Registry) Wait() { g.fetching.Wait() }
