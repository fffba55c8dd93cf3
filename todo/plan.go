package todo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"renzheng/receipt"
)

// plan decides what a push of a new case or a higher revision changes. old is
// the zero Case for a new one.
func (s *Service) plan(p Push, old Case, registry Registry, now time.Time) (CasePlan, error) {
	next, err := s.nextCase(p, old, now)
	if err != nil {
		return CasePlan{}, err
	}
	plan := CasePlan{Case: next, OldRevision: old.Revision, Now: now}
	newest := make(map[string]Todo, len(old.Todos))
	for _, t := range old.Todos {
		newest[t.SignerID] = t
	}
	for _, signer := range p.Signers {
		before, ok := newest[signer.SignerID]
		delete(newest, signer.SignerID)
		content := p.content(signer, registry)
		if ok && before.keeps(content, signer) {
			plan.Case.Todos = append(plan.Case.Todos, before.at(now))
			continue
		}
		if ok && before.State == Open {
			if err := s.supersede(&plan, before); err != nil {
				return CasePlan{}, err
			}
		}
		opened, err := s.open(plan, signer, content)
		if err != nil {
			return CasePlan{}, err
		}
		plan.Open = append(plan.Open, opened)
	}
	plan.End = stillOpen(newest)
	return plan, nil
}

// nextCase returns the case as the push makes it, without todos.
func (s *Service) nextCase(p Push, old Case, now time.Time) (Case, error) {
	id := old.ID
	if id == "" {
		var err error
		if id, err = s.newID("cas_"); err != nil {
			return Case{}, err
		}
	}
	salt, err := s.newSalt()
	if err != nil {
		return Case{}, err
	}
	digest, err := p.digest(salt)
	if err != nil {
		return Case{}, err
	}
	return Case{
		ID: id, RegistryID: p.RegistryID, CaseID: p.CaseID, Revision: p.Revision, State: CaseOpen,
		PushDigest: digest, PushSalt: salt, ReceivedAt: now,
	}, nil
}

// keeps reports whether the push leaves this todo as it is: the same person sees
// the same content. A signer who had been removed was withdrawn, so being named
// again is a change.
func (t Todo) keeps(content Content, signer Signer) bool {
	return t.State != Withdrawn && t.Signer.Same(signer.Document) && t.Content.equal(content)
}

func (c Content) equal(other Content) bool {
	return c.RegistryID == other.RegistryID && c.RegistryName == other.RegistryName && c.CaseID == other.CaseID &&
		c.SignerID == other.SignerID && c.Role == other.Role && c.Represents == other.Represents && c.Header == other.Header &&
		slices.Equal(c.Items, other.Items)
}

func (s *Service) supersede(plan *CasePlan, t Todo) error {
	e, err := s.newEvent(EventSuperseded, t, plan.Now)
	if err != nil {
		return err
	}
	plan.Supersede = append(plan.Supersede, t)
	plan.Events = append(plan.Events, e)
	return nil
}

// open returns a new todo for a signer, whose window begins now (R20).
func (s *Service) open(plan CasePlan, signer Signer, content Content) (Todo, error) {
	id, err := s.newID("tod_")
	if err != nil {
		return Todo{}, err
	}
	salt, err := s.newSalt()
	if err != nil {
		return Todo{}, err
	}
	digest, err := receipt.Commit(ContentDomain, salt, content)
	if err != nil {
		return Todo{}, fmt.Errorf("digesting the content of a todo: %w", err)
	}
	return Todo{
		ID: id, CaseRow: plan.Case.ID, RegistryID: plan.Case.RegistryID, CaseID: plan.Case.CaseID,
		SignerID: signer.SignerID, Signer: signer.Document, Revision: plan.Case.Revision, State: Open,
		Headline: content.headline(), Content: content, ContentSalt: salt, ContentDigest: string(digest),
		OpenedAt: plan.Now, ExpiresAt: plan.Now.Add(Window),
	}, nil
}

// content returns all that one signer is shown: the case's items, then their own.
func (p Push) content(signer Signer, registry Registry) Content {
	content := Content{
		RegistryID: p.RegistryID, RegistryName: registry.Name, CaseID: p.CaseID, SignerID: signer.SignerID,
		Role: signer.Role, Header: p.Header, Items: joined(p.Items, signer.Items),
	}
	if signer.Represents != nil {
		content.Represents = *signer.Represents
	}
	return content
}

func (c Content) headline() Headline {
	return Headline{
		EnterpriseName: c.Header.EnterpriseName, BusinessKind: c.Header.BusinessKind,
		BusinessLabel: c.Header.BusinessLabel, Role: c.Role, Represented: c.Represents.EnterpriseName,
	}
}

func stillOpen(todos map[string]Todo) []Todo {
	var open []Todo
	for _, t := range todos {
		if t.State == Open {
			open = append(open, t)
		}
	}
	slices.SortFunc(open, func(a, b Todo) int { return strings.Compare(a.ID, b.ID) })
	return open
}
