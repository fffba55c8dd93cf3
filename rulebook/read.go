package rulebook

import (
	"context"
	"errors"
	"slices"

	"renzheng/staff"
)

// History returns the newest versions of a kind without their content, newest first. ErrNotFound.
func (s *Service) History(ctx context.Context, kind Kind) ([]Version, error) {
	if _, err := s.definition(kind); err != nil {
		return nil, err
	}
	return s.deps.Store.VersionsOf(ctx, kind, MaxVersions)
}

// Version returns a version with its content. ErrNotFound.
func (s *Service) Version(ctx context.Context, id string) (Version, error) {
	return s.deps.Store.Version(ctx, id)
}

// OwnActs returns what a member did with a version. ErrNotFound.
func (s *Service) OwnActs(ctx context.Context, m staff.Member, id string) (Own, error) {
	return s.deps.Store.OwnActs(ctx, m, id)
}

// Current returns the version of a kind that is in force, which may be version 0. ErrNotFound.
func (s *Service) Current(ctx context.Context, kind Kind) (Version, error) {
	if _, err := s.definition(kind); err != nil {
		return Version{}, err
	}
	all, err := s.approved(ctx, kind)
	if err != nil {
		return Version{}, err
	}
	v, ok := InForce(all, s.now())
	return s.withContent(ctx, kind, v, ok)
}

// Latest returns the version of a kind that was approved last, which a proposal changes. It may be version 0, or take effect later. ErrNotFound.
func (s *Service) Latest(ctx context.Context, kind Kind) (Version, error) {
	if _, err := s.definition(kind); err != nil {
		return Version{}, err
	}
	all, err := s.approved(ctx, kind)
	if err != nil {
		return Version{}, err
	}
	v, ok := Last(all)
	return s.withContent(ctx, kind, v, ok)
}

// Base returns the version that a proposal changes: with its number, or version 0.
func (s *Service) Base(ctx context.Context, v Version) (Version, error) {
	if v.Base == 0 {
		return s.withContent(ctx, v.Kind, Version{}, false)
	}
	all, err := s.deps.Store.VersionsOf(ctx, v.Kind, int(v.Number-v.Base)+MaxVersions)
	if err != nil {
		return Version{}, err
	}
	for _, one := range all {
		if one.Number == v.Base {
			return s.deps.Store.Version(ctx, one.ID)
		}
	}
	return Version{}, ErrNotFound
}

// Changes returns what a version changes of another one.
func (s *Service) Changes(before, after Version) ([]Change, error) {
	k, err := s.definition(after.Kind)
	if err != nil {
		return nil, err
	}
	fields := k.Fields
	if fields == nil {
		fields = fieldsOf
	}
	return compare(before.Content, after.Content, fields)
}

func (s *Service) approved(ctx context.Context, kind Kind) ([]Version, error) {
	all, err := s.deps.Store.ApprovedVersions(ctx)
	return ofKind(all, kind), err
}

func ofKind(all []Version, kind Kind) []Version {
	return slices.DeleteFunc(slices.Clone(all), func(v Version) bool { return v.Kind != kind })
}

// withContent returns a version of a list with its content, or version 0.
func (s *Service) withContent(ctx context.Context, kind Kind, v Version, ok bool) (Version, error) { //nolint:revive // flag-parameter: the second result of a list
	if !ok {
		content := s.files[kind]
		return Version{Kind: kind, Content: content, Digest: DigestOf(content), State: Approved}, nil
	}
	return s.deps.Store.Version(ctx, v.ID)
}

// Refresh puts in force on this replica what is in force, and returns how many kinds changed. A kind whose version cannot be used
// keeps what it had, and the other kinds go on: the error joins an [UnusableError] for each. Other errors are those of the store.
func (s *Service) Refresh(ctx context.Context) (changed int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.deps.Store.ApprovedVersions(ctx)
	if err != nil {
		return 0, err
	}
	var unusable []error
	for _, k := range s.deps.Kinds {
		v, ok := InForce(ofKind(all, k.Kind), s.now())
		if v.Number == s.used[k.Kind] {
			continue
		}
		switch err = s.take(ctx, k, v, ok); {
		case err == nil:
			changed++
		case errors.As(err, new(*UnusableError)):
			unusable = append(unusable, err)
		default:
			return changed, err
		}
	}
	return changed, errors.Join(unusable...)
}

// take puts a version of a kind in force, or version 0.
func (s *Service) take(ctx context.Context, k Definition, v Version, ok bool) error {
	if v.Altered {
		return &UnusableError{Kind: k.Kind, Number: v.Number, cause: errAltered}
	}
	v, err := s.withContent(ctx, k.Kind, v, ok)
	if err != nil {
		return err
	}
	use, err := k.Load(v.Content)
	if err != nil {
		return &UnusableError{Kind: k.Kind, Number: v.Number, cause: err}
	}
	if k.Former && v.Number > 0 && s.used[k.Kind] == 0 {
		s.useFormer(ctx, k, v)
	}
	use()
	s.used[k.Kind] = v.Number
	return nil
}

// useFormer puts the version before v in force, so that what began under it is finished by it although the server has started since.
// If that is not possible, it is finished by v.
func (s *Service) useFormer(ctx context.Context, k Definition, v Version) {
	former, err := s.Base(ctx, v)
	if err != nil {
		return
	}
	if use, err := k.Load(former.Content); err == nil {
		use()
	}
}
