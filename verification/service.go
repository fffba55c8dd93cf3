package verification

import (
	"context"
	"io"
	"log/slog"
	"time"

	"renzheng/identity"
	"renzheng/random"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// Actor is the caller: one session of one account, with its grant.
type Actor struct {
	SessionID string
	AccountID string
	Channel   string // "alipay", "wechat" or "web"

	GrantID        string // "" without a live grant
	GrantSubjectID string
	GrantDocument  identity.Document
}

// Prefill is a document that a session may use instead of a typed one.
type Prefill struct {
	Document   identity.Document
	Remembered bool // of an earlier verification of the account; else the channel's own record of the account's owner
	Differs    bool // the channel says that this is not the account's owner; nobody can use it
}

// owner returns the channel's own record of the account's owner, or nil.
func (p *Prefill) owner() *identity.Document {
	if p == nil || p.Remembered || p.Differs {
		return nil
	}
	return &p.Document
}

// Prefills returns the prefills of sessions (R4, R7).
type Prefills interface {
	// Peek returns the session's live prefill, whether or not it was used, or nil.
	Peek(ctx context.Context, sessionID string) (*Prefill, error)
	// Take returns it once. ErrNotFound if it is absent or was used before.
	Take(ctx context.Context, sessionID string) (Prefill, error)
}

// Deps are the dependencies of a Service. All are required unless stated otherwise.
type Deps struct {
	Store    Store
	Prefills Prefills

	Faces        map[string]FaceChecker // by the provider's name in the policy; likewise the others, which may be empty
	BankCards    map[string]BankCardChecker
	FourElements map[string]FourElementsChecker
	Documents    map[string]DocumentChecker
	Channels     []string // that are configured
	WebAddress   string   // where a provider's page sends a browser back to; "" without a web channel

	Policy  *policy.Policy // until UsePolicy; likewise the next two
	Notices *notice.Set
	Limits  policy.Limits
	Sources *policy.SourceRules
	Clock   func() time.Time
	Rand    io.Reader // cryptographic
	Logger  *slog.Logger
	Metrics Metrics // nil counts nothing
}

// Service holds the rules of verification. Safe for concurrent use.
type Service struct {
	deps     Deps
	switches *policy.SwitchCache
	inForce  inForce
}

// New returns a Service with its dependencies.
func New(d Deps) *Service {
	if d.Metrics == nil {
		d.Metrics = noMetrics{}
	}
	s := &Service{deps: d, switches: &policy.SwitchCache{Rows: d.Store}}
	s.UseNotices(d.Notices)
	s.UseLimits(d.Limits)
	s.UseSources(d.Sources)
	s.UsePolicy(d.Policy)
	return s
}

const (
	settleTime = 10 * time.Second // to record what a provider decided, when the caller may be gone
)

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

func (s *Service) newID(prefix string) (string, error) { return random.ShortID(s.deps.Rand, prefix) }
