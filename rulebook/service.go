package rulebook

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"renzheng/ledger"
	"renzheng/random"
	"renzheng/staff"
)

// Definition is a kind with its content of the start.
type Definition struct {
	Kind Kind
	File []byte // version 0: a file of the settings, or what is built in

	// Load validates a content as at the start, with every problem at once, and returns a function that puts it in force.
	Load func(content []byte) (use func(), err error)

	// Fields returns a content by the names that people compare; nil = its members, as in [Compare].
	Fields func(content []byte) (map[string]string, error)
	// Change validates what a proposal changes of each version that took effect, file 0 included; nil = anything may change.
	Change func(before, after []byte) error
	// Former is set if what began before a change is finished by what was in force then. A server that starts puts that in force
	// first.
	Former bool
}

// Deps are the dependencies of a Service.
type Deps struct {
	Store Store
	Kinds []Definition
	Clock func() time.Time
	Rand  io.Reader // nil = crypto/rand
}

// Service proposes and decides versions, and puts them in force on this replica. Safe for concurrent use.
type Service struct {
	deps  Deps
	files map[Kind][]byte // canonical

	mu   sync.Mutex
	used map[Kind]int64 // numbers in force on this replica
}

// New returns a Service, or an error if what the server was started with is not valid.
func New(d Deps) (*Service, error) {
	if d.Rand == nil {
		d.Rand = rand.Reader
	}
	s := &Service{deps: d, files: map[Kind][]byte{}, used: map[Kind]int64{}}
	for _, k := range d.Kinds {
		if _, err := k.Load(k.File); err != nil {
			return nil, fmt.Errorf("checking version 0 of %s: %w", k.Kind, err)
		}
		content, err := Canonical(k.File)
		if err != nil {
			return nil, err
		}
		s.files[k.Kind] = content
	}
	return s, nil
}

// Kinds returns the kinds that have versions.
func (s *Service) Kinds() []Kind {
	kinds := make([]Kind, len(s.deps.Kinds))
	for i, k := range s.deps.Kinds {
		kinds[i] = k.Kind
	}
	return kinds
}

func (s *Service) definition(kind Kind) (Definition, error) {
	for _, k := range s.deps.Kinds {
		if k.Kind == kind {
			return k, nil
		}
	}
	return Definition{}, ErrNotFound
}

// Proposal is what a member proposes.
type Proposal struct {
	ID      string // "rul_…"; the same proposal sent again has the same
	Kind    Kind
	Base    int64  // number of the version that the proposer has edited
	Content []byte // JSON in any spelling
	Note    string
	From    time.Time // when it is to take effect; zero = once it is approved
}

// Propose stores a proposal. [staff.ErrRepeated] if that was done before. *ProblemsError has everything that is wrong with it; then nothing is stored.
func (s *Service) Propose(ctx context.Context, m staff.Member, p Proposal) (Version, error) {
	content, err := s.check(ctx, p)
	if err != nil {
		return Version{}, err
	}
	v := Version{
		ID: p.ID, Kind: p.Kind, Base: p.Base, Content: content, Digest: DigestOf(content), Note: p.Note, State: Proposed,
		ProposedBy: m.ID, ProposedAt: s.now(), EffectiveFrom: p.From,
	}
	a, err := s.act(m, v, KindProposed)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.ProposeVersion(ctx, v, m, a.Entry)
}

// check returns the canonical content of a proposal, or a ProblemsError.
func (s *Service) check(ctx context.Context, p Proposal) ([]byte, error) {
	k, err := s.definition(p.Kind)
	if err != nil {
		return nil, err
	}
	problems := &ProblemsError{}
	if n := utf8.RuneCountInString(p.Note); n == 0 || n > MaxNote || strings.ContainsFunc(p.Note, isControl) {
		problems.Problems = append(problems.Problems, fmt.Sprintf("the reason must be one line of 1 to %d characters", MaxNote))
	}
	if len(p.Content) > MaxContent {
		problems.Problems = append(problems.Problems, fmt.Sprintf("the content must have at most %d bytes", MaxContent))
		return nil, problems
	}
	_, err = k.Load(p.Content)
	if err == nil && k.Change != nil {
		former, failed := s.tookEffect(ctx, k)
		if failed != nil {
			return nil, failed
		}
		var broken []error
		for _, content := range former {
			broken = append(broken, k.Change(content, p.Content))
		}
		err = errors.Join(broken...)
	}
	if err != nil {
		problems.Problems = append(problems.Problems, problemsOf(err).Problems...)
	}
	if len(problems.Problems) > 0 {
		return nil, problems
	}
	return Canonical(p.Content)
}

// tookEffect returns the contents of a kind that persons may have seen: version 0 and those that were approved. It leaves out what
// this release cannot load.
func (s *Service) tookEffect(ctx context.Context, k Definition) ([][]byte, error) {
	contents := [][]byte{s.files[k.Kind]}
	all, err := s.deps.Store.VersionsOf(ctx, k.Kind, MaxVersions)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if v.State != Approved && v.State != RolledBack {
			continue
		}
		if v, err = s.deps.Store.Version(ctx, v.ID); err != nil {
			return nil, err
		}
		if _, unusable := k.Load(v.Content); unusable == nil {
			contents = append(contents, v.Content)
		}
	}
	return contents, nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// Approve lets a proposal take effect. It is validated again, because the rules may be stricter than when it was proposed.
// Errors of [Store.ApproveVersion]; *ProblemsError.
func (s *Service) Approve(ctx context.Context, m staff.Member, id string) (Version, error) {
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	k, err := s.definition(v.Kind)
	if err != nil {
		return Version{}, err
	}
	if _, err = k.Load(v.Content); err != nil {
		return Version{}, problemsOf(err)
	}
	a, err := s.act(m, v, KindApproved)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.ApproveVersion(ctx, a)
}

// End withdraws a version that is not in force yet, or rolls back the one in force. Errors of [Store.WithdrawVersion] and
// [Store.RollBackVersion].
func (s *Service) End(ctx context.Context, m staff.Member, id string) (Version, error) {
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	if v.State == Approved && !v.EffectiveFrom.After(s.now()) {
		a, failed := s.act(m, v, KindRolledBack)
		if failed != nil {
			return Version{}, failed
		}
		return s.deps.Store.RollBackVersion(ctx, a)
	}
	a, err := s.act(m, v, KindWithdrawn)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.WithdrawVersion(ctx, a)
}

// Review records that a second member has looked at a rollback. Errors of [Store.ReviewRollback].
func (s *Service) Review(ctx context.Context, m staff.Member, id string) (Version, error) {
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	a, err := s.act(m, v, KindReviewed)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.ReviewRollback(ctx, a)
}

// NoOffice is the office in the ledger of members who work for the whole authority.
const NoOffice = "authority"

func (s *Service) act(m staff.Member, v Version, kind ledger.Kind) (Act, error) {
	id, err := s.newID("led_")
	if err != nil {
		return Act{}, err
	}
	office := m.Office
	if office == "" {
		office = NoOffice
	}
	now := s.now()
	return Act{VersionID: v.ID, Member: m, Now: now, Entry: ledger.Draft{
		ID: id, At: now, Kind: kind, Office: office, Member: m.ID, Reference: v.ID, Digest: v.Digest,
	}}, nil
}

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

func (s *Service) newID(prefix string) (string, error) { return random.ID(s.deps.Rand, prefix) }
