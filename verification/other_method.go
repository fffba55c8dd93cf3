package verification

import (
	"slices"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// OtherMethod reports whether the holder of a document has another way than this
// channel: the same document in another configured channel, or the other document of
// the same person in this one. If the document is unknown, any document in another
// channel counts. Advice to use a method that does not exist would be a dead end.
func (s *Service) OtherMethod(channel string, held identity.DocumentType) bool {
	documents := []identity.DocumentType{held}
	if held == "" {
		documents = identity.DocumentTypes()
	}
	inOtherChannel := slices.ContainsFunc(s.deps.Channels, func(other string) bool {
		return other != channel && slices.ContainsFunc(documents, func(d identity.DocumentType) bool { return s.passable(other, d) })
	})
	other, ok := otherDocument(held)
	return inOtherChannel || (ok && s.passable(channel, other))
}

// otherDocument returns the document that the same person may have as well.
func otherDocument(held identity.DocumentType) (identity.DocumentType, bool) {
	pairs := map[identity.DocumentType]identity.DocumentType{
		identity.HKMacauPermit: identity.HKMacauResidencePermit, identity.HKMacauResidencePermit: identity.HKMacauPermit,
		identity.TaiwanPermit: identity.TaiwanResidencePermit, identity.TaiwanResidencePermit: identity.TaiwanPermit,
	}
	other, ok := pairs[held]
	return other, ok
}

// passable reports whether every check of access has a configured provider.
func (s *Service) passable(channel string, d identity.DocumentType) bool {
	route := policy.Route{Purpose: policy.Access, Document: d, Channel: channel}
	p := s.Policy()
	steps, ok := p.Steps(route)
	return ok && !slices.ContainsFunc(steps, func(step policy.Step) bool {
		return !slices.ContainsFunc(p.Providers(route, step.Check), func(p policy.Provider) bool {
			return s.configured(step.Check, p.Name)
		})
	})
}
