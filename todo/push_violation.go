package todo

import (
	"errors"
	"strconv"
	"strings"

	"renzheng/identity"
)

// MaxViolations bounds what one refusal lists.
const MaxViolations = 1000

// Violation is one place in a registry's document that breaks a rule. It holds
// no value of the registry's.
type Violation struct {
	Pointer string // RFC 6901
	Rule    string // one of the Rule constants, or of those of identity
}

// Rules that a push can break, besides those of identity.
const (
	RuleID           = "id"               // not [A-Za-z0-9._-]{1,64}, or "." or ".."
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

// violations collects what is wrong with a push.
type violations []Violation

func (v *violations) add(pointer, rule string) {
	if len(*v) < MaxViolations {
		*v = append(*v, Violation{pointer, rule})
	}
}

// check adds the rule of identity that err names; nil adds nothing.
func (v *violations) check(pointer string, err error) {
	if problem, broken := errors.AsType[identity.Problem](err); broken {
		v.add(pointer, problem.Rule)
	}
}

// line adds what is wrong with a text of one line.
func (v *violations) line(pointer, text string, maxRunes int) {
	v.check(pointer, identity.PlainText(text, maxRunes))
}

// items adds what is wrong with the items of the object at a place. Of too many,
// none is looked at.
func (v *violations) items(at string, items []Item, most int) {
	if len(items) > most {
		v.add(at+"/items", RuleTooMany)
		return
	}
	for i, item := range items {
		here := at + "/items/" + strconv.Itoa(i)
		v.line(here+"/label", item.Label, MaxLabelRunes)
		v.check(here+"/value", identity.PlainLines(item.Value, MaxValueRunes))
	}
}

// id adds what is wrong with an id of the registry's. "." and ".." are refused
// because a path that has them names something else.
func (v *violations) id(pointer, id string) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	if id == "" || len(id) > maxIDBytes || strings.Trim(id, alphabet) != "" || id == "." || id == ".." {
		v.add(pointer, RuleID)
	}
}

// refusal returns all of them as one error, or nil.
func (v violations) refusal() error {
	if len(v) == 0 {
		return nil
	}
	return &RefusedError{Code: CodeContentInvalid, Violations: v}
}
