package bench

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/providers/registry"
	"renzheng/support"
	"renzheng/test/harness"
)

// edge returns the server's public handler over the services.
func (o *services) edge() (http.Handler, error) {
	faq, err := support.DefaultFAQ()
	if err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	api, err := bff.New(bff.Deps{
		Sessions: o.sessions, Verifications: o.verifications, Todos: o.todos,
		Support:    support.New(support.Deps{Tickets: o.store, Dialog: o.store, Codes: o.store, FAQ: faq, Clock: time.Now, Rand: rand.Reader}),
		Registries: registry.NewVerifier(registry.VerifierConfig{Directory: o.registries, Nonces: o.store, IsReplay: never, Clock: time.Now, Authority: "bench"}),
		JWKS:       o.ring.JWKS, Ready: o.store.Ping, Authority: bff.Authority{Name: identity.Text{Chinese: "bench"}},
		Version: "bench", Environment: "sandbox", Issuer: harness.Issuer, RequestsPerMin: 1000,
		Clock: time.Now, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
	})
	if err != nil {
		return nil, fmt.Errorf("building the edge: %w", err)
	}
	return api.Public(), nil
}

func never(error) bool { return false }
