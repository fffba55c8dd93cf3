package verification

import (
	"slices"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// OtherMethod tells whether there is another way for whoever holds a document
// and is in a channel: the same document in another channel that is configured,
// or the other document of the same person in this one. Where the document is
// not known, any document in another channel counts. Advice to take a way that
// there is not would be a dead end.
func (s *Service) OtherMethod(channel string, held identity.DocumentType) bool {
	documents := []identity.DocumentType{held}
	if held == "" {
		documents = identity.DocumentTypes()
	}
	elsewhere := slices.ContainsFunc(s.deps.Channels, func(other string) bool {
		return other != channel && slices.ContainsFunc(documents, func(d identity.DocumentType) bool { return s.passable(other, d) })
	})
	other, two := otherDocument(held)
	return elsewhere || (two && s.passable(channel, other))
}

// otherDocument gives the document that the same person may hold as well.
func otherDocument(held identity.DocumentType) (identity.DocumentType, bool) {
	pairs := map[identity.DocumentType]identity.DocumentType{
		identity.HKMacauPermit: identity.HKMacauResidencePermit, identity.HKMacauResidencePermit: identity.HKMacauPermit,
		identity.TaiwanPermit: identity.TaiwanResidencePermit, identity.TaiwanResidencePermit: identity.TaiwanPermit,
	}
	other, two := pairs[held]
	return other, two
}

// passable tells whether every check of access has somebody who is configured.
func (s *Service) passable(channel string, d identity.DocumentType) bool {
	route := policy.Route{Purpose: policy.Access, Document: d, Channel: channel}
	steps, known := s.deps.Policy.Steps(route)
	return known && !slices.ContainsFunc(steps, func(step policy.Step) bool {
		return !slices.ContainsFunc(s.deps.Policy.Providers(route, step.Check), func(p policy.Provider) bool {
			return s.configured(step.Check, p.Name)
		})
	})
}
