package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bff"
	"renzheng/cmd/bff/config"
	"renzheng/console"
	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/material"
	"renzheng/operations"
	"renzheng/providers/registry"
	"renzheng/receipt"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/rulebook"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// app is everything that one configuration makes.
type app struct {
	sessions      *session.Service
	verifications *verification.Service
	todos         *todo.Service
	support       *support.Service
	retention     *retention.Service
	rights        *rights.Service
	appeals       *appeal.Service
	cleaner       *material.Cleaner
	appointments  *appointment.Service
	subscribers   *subscriber.Service // nil if nobody can register
	rules         *rulebook.Service
	simulations   *replay.Service
	api           *bff.API
	console       *console.Console // nil if it is off
	registries    *registryWatch
	readiness     *readiness
	rounds        *prometheus.CounterVec // of workers
	tally         *operations.Tally
	providers     *operations.Providers
}

// telemetry is where the parts say what they do.
type telemetry struct {
	logger  *slog.Logger
	metrics *prometheus.Registry
	spans   trace.TracerProvider // nil = none
}

// assemble makes every part and connects it to the parts that it needs.
func assemble(c *config.Config, ring *keyring.Keyring, db *store.Store, epoch store.Epoch, t telemetry) (*app, error) {
	third, err := openThirdParties(c, db)
	if err != nil {
		return nil, err
	}
	logger, metrics, clock := t.logger, t.metrics, c.Clock()
	outcomes, err := registerMetrics(metrics, newBacklogMetrics(third.backlogOf(db, clock), clock, logger))
	a := &app{registries: third.registries, readiness: &readiness{usable: db.Usable, skew: db.Skew}, rounds: newRounds(), cleaner: material.NewCleaner(), tally: operations.NewTally(), providers: operations.NewProviders(replicaName(), clock)}
	if outcomes != nil {
		outcomes.tally, outcomes.clock = a.tally, clock
	}
	texts, unread := loadTexts(c)
	err = errors.Join(err, unread, registerProcess(metrics, db), countAltered(metrics, db, logger), third.guard(c.Resilience, metrics, a.providers),
		register(metrics, a.rounds, a.readiness.metric(), certificates{c, clock}, registryKeys{third.registries.live, clock}))
	if err != nil {
		return nil, err
	}
	db.AnnounceProgress(func() []string { return third.registries.live.Current().Following() })
	a.sessions = openSessions(db, third, func(ch identity.Channel) bool { return a.verifications.Notices().Remembering(ch) }, clock)
	a.verifications = verification.New(verification.Deps{
		Store: db, Prefills: prefills{db, clock},
		Faces: third.faces, BankCards: third.bankCards, FourElements: third.fourElements, Documents: third.documents,
		Channels: third.channels(),
		Policy:   texts.policy, Notices: texts.notices, Limits: c.Limits.Policy(), Sources: texts.sources, WebAddress: c.Web.Address,
		Clock: clock, Rand: rand.Reader, Logger: logger, Metrics: outcomes,
	})
	a.todos = todo.New(todo.Deps{
		Cases: db, CaseList: db, Todos: db, Answers: db, Windows: db, Records: db, Events: db, Upkeep: db, Notifications: db, Invitations: db, Notifiers: third.notifiers,
		Registries: third.registries.live, Deliverer: third.deliverer, Scanner: a.cleaner, ScanRequired: c.Console.RequiresScan,
		SigningKey: signingKey(ring), Issuer: c.Issuer, Environment: c.Environment(), PortraitLife: c.PortraitLife(),
		SessionRecords: func() bool { return a.verifications.Policy().SessionRecords() },
		Clock:          clock, Rand: rand.Reader, Logger: logger, Metrics: outcomes,
	})
	if a.retention, err = openRetention(c, db, third.registries.live, retentionMetrics{registry: metrics, logger: logger}); err != nil {
		return nil, err
	}
	if err = a.openServices(c, db, third, texts, outcomes); err != nil {
		return nil, err
	}
	web, failed := c.Web.Edge(c.Alipay.AppID)
	authority, err := c.Authority.Edge()
	if err = errors.Join(failed, err); err != nil {
		return nil, err
	}
	a.api, err = bff.New(bff.Deps{
		Web: web, Authority: authority,
		Sessions: a.sessions, Verifications: a.verifications, Todos: a.todos, Support: a.support, Rights: a.rights, Appeals: a.appeals, Appointments: a.appointments, Subscribers: a.subscribers,
		Registries: registry.NewVerifier(registry.VerifierConfig{
			Directory: third.registries.live, Nonces: db, IsReplay: isReplay, Clock: time.Now, Authority: third.authority, Epoch: epoch.BeganAt, Sandbox: c.Sandbox(),
		}),
		JWKS: ring.JWKS, Ready: a.readiness.check, Away: store.Away, Fenced: db.Fenced, Epoch: epoch.Number,
		Version: version(), Environment: c.Environment(), Issuer: c.Issuer,
		TrustedProxies: c.TrustedProxies, ProxyHeader: http.CanonicalHeaderKey(c.ProxyHeader), AdminHosts: c.AdminHosts, RequestsPerMin: c.RequestsPerMin,
		Requests: a.tally, Clock: clock, Rand: rand.Reader, Logger: logger, Registerer: metrics, Trace: t.spans,
	})
	if err == nil {
		a.console, err = a.openConsole(c, db, t)
	}
	return a, err
}

// openServices makes the services that check no identity.
func (a *app) openServices(c *config.Config, db *store.Store, third thirdParties, t texts, o *outcomes) (err error) {
	if a.support, err = openSupport(c, db, third.account); err != nil {
		return err
	}
	a.subscribers = openSubscribers(c, db, third.senders, a.verifications)
	a.appeals = openAppeals(c, db, a.cleaner, third.recognizers)
	if a.appointments, err = openAppointments(c, db, o); err != nil {
		return err
	}
	a.rights, err = a.openRights(c, db, third.registries.live, t.sources)
	return errors.Join(err, a.openRules(c, db))
}

func openSessions(db *store.Store, third thirdParties, remembering func(identity.Channel) bool, clock func() time.Time) *session.Service {
	return session.New(session.Deps{
		Sessions: db, Prefills: db, Keys: db,
		Authorizers: third.authorizers, Prefillers: third.prefillers,
		OwnerChecks: db, Owners: third.owners,
		Remembering: remembering,
		Clock:       clock, Rand: rand.Reader,
	})
}

// texts are the rules that are read from files.
type texts struct {
	policy  *policy.Policy
	notices *notice.Set
	sources *policy.SourceRules
}

// loadTexts reads the operator's files, or the built-in ones.
func loadTexts(c *config.Config) (texts, error) {
	var t texts
	var problems [3]error
	t.policy, problems[0] = c.LoadPolicy()
	t.notices, problems[1] = c.LoadNotices()
	t.sources, problems[2] = c.LoadSources()
	err := errors.Join(problems[:]...)
	if err == nil {
		t.notices = c.Offered(t.notices)
	}
	return t, err
}

// signingKey returns a function that returns the newest signing key in use at a time.
func signingKey(ring *keyring.Keyring) func(time.Time) (receipt.SigningKey, error) {
	return func(now time.Time) (receipt.SigningKey, error) {
		key, err := ring.SigningKey(now)
		if err != nil {
			return receipt.SigningKey{}, fmt.Errorf("choosing the signing key: %w", err)
		}
		return receipt.SigningKey(key), nil
	}
}

// isReplay reports whether err means that a nonce was used before.
func isReplay(err error) bool { return errors.Is(err, store.ErrReplay) }
