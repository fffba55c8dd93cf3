package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"renzheng/bar"
	"renzheng/bff"
	"renzheng/cmd/bff/config"
	"renzheng/console"
	"renzheng/providers/idp"
	"renzheng/retention"
	"renzheng/sql/store"
	"renzheng/staff"
	"renzheng/window"
)

// openConsole makes the console, or returns nil if it is off.
func (a *app) openConsole(c *config.Config, db *store.Store, t telemetry) (*console.Console, error) {
	if !c.Console.IsSet() {
		return nil, nil //nolint:nilnil // documented
	}
	provider, err := idp.New(c.Console.Adapter(time.Now)) // the provider goes by real time, whatever that of a sandbox is
	if err != nil {
		return nil, err
	}
	offices, err := c.Console.LoadOffices()
	if err != nil {
		return nil, err
	}
	policy, err := window.DefaultPolicy()
	if err != nil {
		return nil, err
	}
	throttle, err := bff.NewThrottle(bff.ThrottleConfig{
		TrustedProxies: c.TrustedProxies, ProxyHeader: http.CanonicalHeaderKey(c.ProxyHeader), RequestsPerMin: c.RequestsPerMin, Clock: time.Now,
	})
	if err != nil {
		return nil, fmt.Errorf("limiting the console: %w", err)
	}
	made, err := console.New(console.Deps{
		Address: c.Console.Address, Authority: c.Authority.Names(), Offices: offices.Names(), Sandbox: c.Sandbox(),
		Staff:  staff.New(staff.Deps{Sessions: db, Provider: provider, Offices: offices.Names(), Clock: c.Clock(), Rand: rand.Reader}),
		Rights: a.rights, Holds: &retention.Holds{Store: db, Clock: c.Clock()}, Appeals: a.appeals,
		Window: window.New(window.Deps{Visits: db, Traces: db, Escalations: db, Tries: a.verifications, Centre: c.Console.Centre, Limits: c.Console.Limits(), Cleaner: a.cleaner, Photos: c.Console.Photos(), Policy: policy, Clock: c.Clock(), Rand: rand.Reader}),
		Todos:  a.todos, Ledger: db, SlipPrefix: bff.SessionOfSlip,
		Appointments: a.appointments, SlipCode: bff.SlipOfSession, Door: doorOf(c),
		Funnel: db, Deliveries: db, Switches: db, Reports: db, Bars: &bar.Service{Store: db, Clock: c.Clock(), NewID: newID},
		Tickets: db, Traces: db, Rules: a.rules, Simulations: a.simulations,
		Counts: db, Providers: db, Backlogs: db, Registries: a.registries.listed, Certificates: certificatesOf(c), Quotas: db, QuotaRules: a.counters(c),
		Fenced: db.Fenced, Clock: c.Clock(), Rand: rand.Reader, Logger: t.logger,
		Throttle: throttle, Registerer: t.metrics,
	})
	if err != nil {
		return nil, fmt.Errorf("making the console: %w", err)
	}
	return made, nil
}

// doorOf returns the QR codes at the doors of offices, or nil without a client in browsers.
func doorOf(c *config.Config) console.Door {
	if c.Web.Address == "" {
		return nil
	}
	return bff.Door{Address: c.Web.Address}
}

// addresses returns where the server listens, in the order of handlers.
func (a *app) addresses(c *config.Config) []string {
	all := []string{c.Listen, c.Admin}
	if a.console != nil {
		all = append(all, c.Console.Listen)
	}
	return all
}

func (a *app) handlers() []http.Handler {
	all := []http.Handler{a.api.Public(), a.api.Admin()}
	if a.console != nil {
		all = append(all, a.console.Handler())
	}
	return all
}
