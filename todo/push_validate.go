package todo

import (
	"errors"
	"strconv"
	"strings"

	"renzheng/identity"
)

// Bounds of a push. They keep what a person must read readable, and one call's
// work bounded.
const (
	MaxItems      = 200  // of a case and its signer together
	MaxPersons    = 200  // promoters of a joint-stock company, Company Law art. 92
	MaxSigners    = 600  // each of them in three roles
	MaxLabelRunes = 100  // also of roles and business labels
	MaxValueRunes = 2000 // a full scope of business (经营范围)
	MaxTitleRunes = 200  // the longest enterprise name with its branch

	MaxShownBytes = 16 << 20 // of all signers together: each is shown the case's items, digested and sealed anew

	maxIDBytes  = 64        // R19
	maxRevision = 1<<53 - 1 // what every reader of JSON keeps, receipts among them
)

// Rules that a push can break, beside those of identity.
const (
	RuleID           = "id"               // not [A-Za-z0-9._-]{1,64}
	RuleRevision     = "revision"         // below 1, or above 2^53-1
	RuleKind         = "business_kind"    // not one of BusinessKind
	RuleMode         = "mode"             // not one of Mode
	RuleTooMany      = "too_many"         // more entries than allowed
	RulePersons      = "too_many_persons" // more than MaxPersons documents
	RuleTooLarge     = "too_large"        // the case's items, once for each signer, are more than MaxShownBytes
	RuleNoSigner     = "no_signer"        // nobody has to answer
	RuleSignerTwice  = "signer_id_twice"  // ids are unique in a case
	RuleNoDocument   = "no_document"      // a signer without type, number or name
	RuleLabelMissing = "label_missing"    // business_kind other needs the registry's words
)

// validate refuses what a person could not be shown in full, or what does not
// add up (R18). Documents were parsed by whoever made the Signer.
func (p Push) validate() error {
	switch {
	case !validID(p.CaseID):
		return invalid("/case_id", RuleID)
	case p.Revision < 1, p.Revision > maxRevision:
		return invalid("/revision", RuleRevision)
	case len(p.Signers) == 0:
		return invalid("/signers", RuleNoSigner)
	case len(p.Signers) > MaxSigners:
		return invalid("/signers", RuleTooMany)
	}
	if err := p.Header.validate(); err != nil {
		return err
	}
	if err := validateItems(p.Items, "", MaxItems); err != nil {
		return err
	}
	seen := make(map[string]bool, len(p.Signers))
	for i, signer := range p.Signers {
		at := "/signers/" + strconv.Itoa(i)
		if seen[signer.SignerID] {
			return invalid(at+"/signer_id", RuleSignerTwice)
		}
		seen[signer.SignerID] = true
		if err := signer.validate(at, MaxItems-len(p.Items)); err != nil {
			return err
		}
	}
	if p.persons() > MaxPersons {
		return invalid("/signers", RulePersons)
	}
	if p.shownBytes() > MaxShownBytes {
		return invalid("/items", RuleTooLarge)
	}
	return nil
}

// persons counts the persons behind the signers, by type and number as subjects are told apart (R1).
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

// shownBytes counts the items of all that the signers are shown: the case's own once for each.
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

func (h Header) validate() error {
	if err := line(h.EnterpriseName, "/header/enterprise_name", MaxTitleRunes); err != nil {
		return err
	}
	switch h.BusinessKind {
	case Establishment, Change, Deregistration:
	case OtherBusiness:
		if h.BusinessLabel == "" {
			return invalid("/header/business_label", RuleLabelMissing)
		}
	default:
		return invalid("/header/business_kind", RuleKind)
	}
	if h.BusinessLabel != "" {
		if err := line(h.BusinessLabel, "/header/business_label", MaxLabelRunes); err != nil {
			return err
		}
	}
	if h.Mode != Online && h.Mode != AtWindow {
		return invalid("/header/mode", RuleMode)
	}
	if _, err := identity.ParseDate(h.AppliedOn); err != nil {
		return invalidAs("/header/applied_on", err)
	}
	return nil
}

func (s Signer) validate(at string, maxItems int) error {
	if !validID(s.SignerID) {
		return invalid(at+"/signer_id", RuleID)
	}
	if err := line(s.Role, at+"/role", MaxLabelRunes); err != nil {
		return err
	}
	if s.Represents != nil {
		if err := s.Represents.validate(at + "/represents"); err != nil {
			return err
		}
	}
	if !s.Document.Type.Valid() || s.Document.Number.IsZero() || s.Document.Name.IsZero() {
		return invalid(at+"/document", RuleNoDocument)
	}
	return validateItems(s.Items, at, maxItems)
}

func (r Represented) validate(at string) error {
	if err := line(r.EnterpriseName, at+"/enterprise_name", MaxTitleRunes); err != nil {
		return err
	}
	if r.CreditCode != "" {
		if err := identity.CheckCreditCode(r.CreditCode); err != nil {
			return invalidAs(at+"/credit_code", err)
		}
	}
	return line(r.Capacity, at+"/capacity", MaxLabelRunes)
}

func validateItems(items []Item, at string, most int) error {
	if len(items) > most {
		return invalid(at+"/items", RuleTooMany)
	}
	for i, item := range items {
		here := at + "/items/" + strconv.Itoa(i)
		if err := line(item.Label, here+"/label", MaxLabelRunes); err != nil {
			return err
		}
		if err := identity.PlainLines(item.Value, MaxValueRunes); err != nil {
			return invalidAs(here+"/value", err)
		}
	}
	return nil
}

func line(text, at string, maxRunes int) error {
	if err := identity.PlainText(text, maxRunes); err != nil {
		return invalidAs(at, err)
	}
	return nil
}

func validID(id string) bool {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	return id != "" && len(id) <= maxIDBytes && strings.Trim(id, alphabet) == ""
}

func invalid(pointer, rule string) error {
	return &RefusedError{Code: CodeContentInvalid, Pointer: pointer, Rule: rule}
}

// invalidAs names the rule of identity that was broken.
func invalidAs(pointer string, err error) error {
	var problem identity.Problem
	if errors.As(err, &problem) {
		return invalid(pointer, problem.Rule)
	}
	return err
}
