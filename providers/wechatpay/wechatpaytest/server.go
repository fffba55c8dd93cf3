package wechatpaytest

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"renzheng/providers/fakes"
)

// The names of the calls, for faults.
const (
	CallToken  = "appauth/getaccesstoken"
	CallVerify = "secsvc/realnameauth"
)

const (
	codeLife  = 10 * time.Minute
	tokenLife = 2 * time.Hour
)

// Options of a Server. All but Owners are required.
type Options struct {
	AppID string
	MchID string
	Key   string
	Clock func() time.Time
	// Owners returns who owns the account of an openid, false for an unknown one.
	// It is called under the server's lock. nil = there is no account.
	Owners func(openID string) (Owner, bool)
}

// Owner is how an account was verified at WeChat Pay. The zero value is an account
// without a verified owner.
type Owner struct {
	Name   string
	Type   string // cred_type; "" = "1", the resident ID
	Number string
}

// Server is the simulated WeChat Pay. Safe for concurrent use.
type Server struct {
	options Options
	faults  fakes.Faults[Fault]

	mu     sync.Mutex
	codes  map[string]*grant
	tokens map[string]grant // by token
}

// Fault is what goes wrong with a call.
type Fault struct {
	fakes.Fault

	Code     string // err_code, or retcode of CallToken: rejected, and nothing is done
	Unsigned bool   // the answer of CallVerify has a wrong signature
}

// grant is what a person agreed to.
type grant struct {
	openID   string
	issuedAt time.Time
	used     bool
}

// New returns a server, or an error if an option is missing.
func New(o Options) (*Server, error) {
	if o.AppID == "" || o.MchID == "" || o.Key == "" || o.Clock == nil {
		return nil, errors.New("wechatpaytest: requires an application, a merchant, a key and a clock")
	}
	if o.Owners == nil {
		o.Owners = func(string) (Owner, bool) { return Owner{}, false }
	}
	return &Server{options: o, codes: map[string]*grant{}, tokens: map[string]grant{}}, nil
}

// Break sets the fault of a call, for so many calls. With 0 it stays until Mend.
func (s *Server) Break(call string, f Fault, times int) { s.faults.Break(call, f, times) }

// Mend removes the fault of a call.
func (s *Server) Mend(call string) { s.faults.Mend(call) }

// Handler serves the two calls, and
//
//	POST /sandbox/consent  what a person gets who agrees in WeChat Pay's mini-program: its extraData as JSON → {"auth_code"}
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /"+CallToken, s.call(s.token))
	mux.HandleFunc("POST /"+CallVerify, s.call(s.verify))
	mux.HandleFunc("POST /sandbox/consent", s.serveConsent)
	return mux
}

// call answers one call. A fault that is no rejection spoils the answer to a call that
// was carried out.
func (s *Server) call(do func(*http.Request, Fault) []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fault, _ := s.faults.Take(strings.TrimPrefix(r.URL.Path, "/"))
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		answer := do(r, fault)
		if fault.Spoil(w, r) {
			return
		}
		_, _ = w.Write(answer) // a caller that has gone is left alone
	}
}
