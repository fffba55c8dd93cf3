package console

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bar"
	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/operations"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/rulebook"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/verification/replay"
	"renzheng/window"
)

// Deps is what a Console needs. Offices and Fenced are optional. The pages of a service or store that is nil do not exist. All other
// fields are required.
type Deps struct {
	Address   string // origin of the console, such as https://console.example.cn
	Authority identity.Text
	Offices   staff.Offices
	Sandbox   bool // simulated third parties: every page says so

	Staff   *staff.Service
	Rights  *rights.Service
	Holds   *retention.Holds
	Appeals *appeal.Service
	Window  *window.Service // requires Todos and SlipPrefix

	Appointments *appointment.Service       // requires SlipPrefix and SlipCode
	SlipCode     func(prefix string) string // returns the slip code of a session from the beginning of its id; "" = none
	Door         Door                       // nil = no poster

	Todos  *todo.Service
	Ledger ledger.Store

	SlipPrefix func(code string) (prefix string, ok bool) // returns the beginning of a session's id from its slip code

	Funnel     operations.FunnelStore
	Deliveries operations.DeliveryStore
	Switches   operations.SwitchStore
	Bars       *bar.Service // nil = no pages of bars
	Tickets    operations.TicketStore
	Traces     operations.TraceStore // requires SlipPrefix
	Counts     operations.CountStore
	Providers  operations.ProviderStore
	Backlogs   operations.BacklogStore

	Registries   func() []operations.Registry    // of the settings
	Certificates func() []operations.Certificate // likewise
	Quotas       operations.QuotaStore
	QuotaRules   func() []operations.QuotaRule // of the limits in force; requires Quotas
	Reports      todo.ReportStore

	Throttle   Throttle              // nil = none
	Registerer prometheus.Registerer // of metrics; nil = none

	Rules       *rulebook.Service
	Simulations *replay.Service // requires Rules

	Fenced func() error // returns why this server must not answer, or nil; as in bff.Deps
	Clock  func() time.Time
	Rand   io.Reader
	Logger *slog.Logger
}

// Door makes the QR code that hangs at the door of an office.
type Door interface {
	Link(office string) string             // address of the client's page of the office
	Picture(office string) ([]byte, error) // QR code of the link, as PNG
}

// Console serves the pages of the authority's staff. Safe for concurrent use.
type Console struct {
	deps       Deps
	routes     []route
	pages      pages
	protection *http.CrossOriginProtection
	engine     *gin.Engine
	metrics    metrics
	uploads    *uploads
}

// New returns a Console. It returns an error if the address is not an origin, a text is missing or the routes contradict each other.
func New(d Deps) (*Console, error) {
	address, err := url.Parse(d.Address)
	if err != nil || address.Host == "" || address.Scheme+"://"+address.Host != d.Address {
		return nil, errors.New("the console's address must be an origin, as https://console.example.cn")
	}
	c := &Console{deps: d, protection: http.NewCrossOriginProtection(), uploads: newUploads()}
	if c.metrics, err = newMetrics(d.Registerer); err != nil {
		return nil, err
	}
	if err = c.protection.AddTrustedOrigin(d.Address); err != nil {
		return nil, fmt.Errorf("trusting the console's address: %w", err)
	}
	c.routes = c.table()
	if c.pages, err = loadPages(); err != nil {
		return nil, err
	}
	if err = c.check(); err != nil {
		return nil, err
	}
	gin.SetMode(gin.ReleaseMode)
	c.engine = gin.New()
	c.engine.HandleMethodNotAllowed = true
	c.engine.Use(c.serve)
	for _, r := range c.routes {
		c.engine.Handle(r.method, r.path, c.handle(r))
	}
	c.engine.NoRoute(c.handle(route{id: "unknown", open: true, act: func(*call) (answer, error) { return nil, errNotFound }}))
	c.engine.NoMethod(c.handle(route{id: "unknown", open: true, act: func(*call) (answer, error) { return nil, errNotFound }}))
	return c, nil
}

// Handler returns the handler of the listener.
func (c *Console) Handler() http.Handler { return c.engine }
