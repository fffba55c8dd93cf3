package rulebook

import "context"

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
	var own []Version
	for _, v := range all {
		if v.Kind == kind {
			own = append(own, v)
		}
	}
	return own, err
}

// withContent returns a version of a list with its content, or version 0.
func (s *Service) withContent(ctx context.Context, kind Kind, v Version, ok bool) (Version, error) { //nolint:revive // flag-parameter: the second result of a list
	if !ok {
		content := s.files[kind]
		return Version{Kind: kind, Content: content, Digest: DigestOf(content), State: Approved}, nil
	}
	return s.deps.Store.Version(ctx, v.ID)
}

// Refresh puts in force on this replica what is in force. A version that cannot be loaded leaves what was in force before. It
// returns how many kinds changed.
func (s *Service) Refresh(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.deps.Store.ApprovedVersions(ctx)
	if err != nil {
		return 0, err
	}
	changed := 0
	for _, k := range s.deps.Kinds {
		var own []Version
		for _, v := range all {
			if v.Kind == k.Kind {
				own = append(own, v)
			}
		}
		v, ok := InForce(own, s.now())
		if v.Number == s.used[k.Kind] {
			continue
		}
		if v, err = s.withContent(ctx, k.Kind, v, ok); err != nil {
			return changed, err
		}
		if k.Former && v.Number > 0 && s.used[k.Kind] == 0 {
			s.useFormer(ctx, k, v)
		}
		use, err := k.Load(v.Content)
		if err != nil {
			return changed, &UnusableError{Kind: k.Kind, Number: v.Number, cause: err}
		}
		use()
		s.used[k.Kind] = v.Number
		changed++
	}
	return changed, nil
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
