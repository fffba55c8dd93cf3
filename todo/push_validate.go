package todo

import (
	"strconv"

	"renzheng/identity"
)

// Bounds of a push. They keep what a person must read readable, and one call's
// work bounded.
const (
	MaxItems      = 200  // of a case and its signer together
	MaxPersons    = 200  // promoters of a joint-stock company, Company Law art. 92
	MaxSigners    = 600  // MaxPersons in three roles each
	MaxLabelRunes = 100  // also of roles and business labels
	MaxValueRunes = 2000 // a full scope of business (经营范围)
	MaxValueLines = 100  // so that empty lines push nothing out of sight
	MaxTitleRunes = 200  // the longest enterprise name with its branch

	MaxShownBytes = 16 << 20 // of all signers together; the case's items are digested and encrypted for each signer

	maxIDBytes  = 64        // R19
	maxRevision = 1<<53 - 1 // what every reader of JSON keeps, receipts among them
)

// validate returns all violations of the push at once: contents that a person
// could not be shown in full, and contradictions (R18). If there are too many
// signers, it checks none of them.
func (p Push) validate() error {
	var found violations
	found.id("/case_id", p.CaseID)
	if p.Revision < 1 || p.Revision > maxRevision {
		found.add("/revision", RuleRevision)
	}
	p.Header.validate(&found)
	found.items("", p.Items, MaxItems)
	switch {
	case len(p.Signers) == 0:
		found.add("/signers", RuleNoSigner)
	case len(p.Signers) > MaxSigners:
		found.add("/signers", RuleTooMany)
	default:
		p.validateSigners(&found)
	}
	return found.refusal()
}

func (p Push) validateSigners(found *violations) {
	room := MaxItems
	if len(p.Items) <= MaxItems {
		room -= len(p.Items)
	}
	seen := make(map[string]bool, len(p.Signers))
	for i, signer := range p.Signers {
		at := "/signers/" + strconv.Itoa(i)
		if seen[signer.SignerID] {
			found.add(at+"/signer_id", RuleSignerTwice)
		}
		seen[signer.SignerID] = true
		signer.validate(found, at, room)
	}
	if p.persons() > MaxPersons {
		found.add("/signers", RulePersons)
	}
	if p.shownBytes() > MaxShownBytes {
		found.add("/items", RuleTooLarge)
	}
}

// persons returns how many different persons the signers are, by document type and number (R1).
func (p Push) persons() int {
	type document struct {
		kind   identity.DocumentType
		number identity.Number
	}
	seen := make(map[document]bool, len(p.Signers))
	for _, signer := range p.Signers {
		seen[document{signer.Document.Type, signer.Document.Number}] = true
	}
	return len(seen)
}

// shownBytes returns the size of the items that all signers are shown. The case's items count once for each signer.
func (p Push) shownBytes() int {
	n := len(p.Signers) * bytesOf(p.Items)
	for _, signer := range p.Signers {
		n += bytesOf(signer.Items)
	}
	return n
}

func bytesOf(items []Item) int {
	n := 0
	for _, item := range items {
		n += len(item.Label) + len(item.Value)
	}
	return n
}

func (h Header) validate(found *violations) {
	found.line("/header/enterprise_name", h.EnterpriseName, MaxTitleRunes)
	switch h.BusinessKind {
	case Establishment, Change, Deregistration:
	case OtherBusiness:
		if h.BusinessLabel == "" {
			found.add("/header/business_label", RuleLabelMissing)
		}
	default:
		found.add("/header/business_kind", RuleKind)
	}
	if h.BusinessLabel != "" {
		found.line("/header/business_label", h.BusinessLabel, MaxLabelRunes)
	}
	if h.Mode != Online && h.Mode != AtWindow {
		found.add("/header/mode", RuleMode)
	}
	_, err := identity.ParseDate(h.AppliedOn)
	found.check("/header/applied_on", err)
}

func (s Signer) validate(found *violations, at string, maxItems int) {
	found.id(at+"/signer_id", s.SignerID)
	found.line(at+"/role", s.Role, MaxLabelRunes)
	if s.Represents != nil {
		s.Represents.validate(found, at+"/represents")
	}
	for _, problem := range s.Misread {
		found.add(at+"/document/"+problem.Field, problem.Rule)
	}
	if len(s.Misread) == 0 && (!s.Document.Type.Valid() || s.Document.Number.IsZero() || s.Document.Name.IsZero()) {
		found.add(at+"/document", RuleNoDocument)
	}
	found.items(at, s.Items, maxItems)
}

func (r Represented) validate(found *violations, at string) {
	found.line(at+"/enterprise_name", r.EnterpriseName, MaxTitleRunes)
	if r.CreditCode != "" {
		found.check(at+"/credit_code", identity.CheckCreditCode(r.CreditCode))
	}
	found.line(at+"/capacity", r.Capacity, MaxLabelRunes)
}
