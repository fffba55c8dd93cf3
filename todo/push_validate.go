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
	var broken violations
	broken.id("/case_id", p.CaseID)
	if p.Revision < 1 || p.Revision > maxRevision {
		broken.add("/revision", RuleRevision)
	}
	p.Header.validate(&broken)
	broken.items("", p.Items, MaxItems)
	switch {
	case len(p.Signers) == 0:
		broken.add("/signers", RuleNoSigner)
	case len(p.Signers) > MaxSigners:
		broken.add("/signers", RuleTooMany)
	default:
		p.validateSigners(&broken)
	}
	return broken.rejection()
}

func (p Push) validateSigners(broken *violations) {
	room := MaxItems
	if len(p.Items) <= MaxItems {
		room -= len(p.Items)
	}
	seen := make(map[string]bool, len(p.Signers))
	for i, signer := range p.Signers {
		at := "/signers/" + strconv.Itoa(i)
		if seen[signer.SignerID] {
			broken.add(at+"/signer_id", RuleSignerTwice)
		}
		seen[signer.SignerID] = true
		signer.validate(broken, at, room)
	}
	if p.persons() > MaxPersons {
		broken.add("/signers", RulePersons)
	}
	if p.shownBytes() > MaxShownBytes {
		broken.add("/items", RuleTooLarge)
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

func (h Header) validate(broken *violations) {
	broken.line("/header/enterprise_name", h.EnterpriseName, MaxTitleRunes)
	switch h.BusinessKind {
	case Establishment, Change, Deregistration:
	case OtherBusiness:
		if h.BusinessLabel == "" {
			broken.add("/header/business_label", RuleLabelMissing)
		}
	default:
		broken.add("/header/business_kind", RuleKind)
	}
	if h.BusinessLabel != "" {
		broken.line("/header/business_label", h.BusinessLabel, MaxLabelRunes)
	}
	if h.Mode != Online && h.Mode != AtWindow {
		broken.add("/header/mode", RuleMode)
	}
	_, err := identity.ParseDate(h.AppliedOn)
	broken.check("/header/applied_on", err)
}

func (s Signer) validate(broken *violations, at string, maxItems int) {
	broken.id(at+"/signer_id", s.SignerID)
	broken.line(at+"/role", s.Role, MaxLabelRunes)
	if s.Represents != nil {
		s.Represents.validate(broken, at+"/represents")
	}
	for _, problem := range s.Misread {
		broken.add(at+"/document/"+problem.Field, problem.Rule)
	}
	if len(s.Misread) == 0 && (!s.Document.Type.Valid() || s.Document.Number.IsZero() || s.Document.Name.IsZero()) {
		broken.add(at+"/document", RuleNoDocument)
	}
	broken.items(at, s.Items, maxItems)
}

func (r Represented) validate(broken *violations, at string) {
	broken.line(at+"/enterprise_name", r.EnterpriseName, MaxTitleRunes)
	if r.CreditCode != "" {
		broken.check(at+"/credit_code", identity.CheckCreditCode(r.CreditCode))
	}
	broken.line(at+"/capacity", r.Capacity, MaxLabelRunes)
}
