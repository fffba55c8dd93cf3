package rulebook

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"renzheng/staff"
)

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
	if !isNote(p.Note) {
		problems.Problems = append(problems.Problems, errNote.Error())
	}
	if len(p.Content) > MaxContent {
		problems.Problems = append(problems.Problems, fmt.Sprintf("the content must have at most %d bytes", MaxContent))
		return nil, problems
	}
	_, err = k.Load(p.Content)
	if err == nil && k.Change != nil {
		former, storeErr := s.tookEffect(ctx, k)
		if storeErr != nil {
			return nil, storeErr
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
	content, err := Canonical(p.Content)
	if err != nil {
		return nil, err
	}
	base, err := s.Latest(ctx, p.Kind)
	if err == nil && base.Number == p.Base && base.Digest == DigestOf(content) {
		err = problemsOf(errUnchanged)
	}
	return content, err
}

var (
	errNote      = fmt.Errorf("the reason must be one line of 1 to %d characters", MaxNote)
	errUnchanged = errors.New("nothing was changed")
)

// isNote reports whether a text can be the reason of an act.
func isNote(text string) bool {
	n := utf8.RuneCountInString(text)
	return n > 0 && n <= MaxNote && !strings.ContainsFunc(text, isControl)
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
