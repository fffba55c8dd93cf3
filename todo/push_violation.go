package todo

import (
	"errors"
	"strconv"
	"strings"

	"renzheng/identity"
)

// MaxViolations is how many violations one error lists at most.
const MaxViolations = 1000

// Violation is one place in a registry's document that breaks a rule. It contains
// no value of the document.
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
	RuleTooLarge     = "too_large"        // the items that all signers are shown exceed MaxShownBytes
	RuleNoSigner     = "no_signer"        // no signers
	RuleSignerTwice  = "signer_id_twice"  // an id that an earlier signer of the case has
	RuleNoDocument   = "no_document"      // a signer without type, number or name
	RuleLabelMissing = "label_missing"    // business_kind other without business_label
)

// violations collects the violations of a push.
type violations []Violation

func (v *violations) add(pointer, rule string) {
	if len(*v) < MaxViolations {
		*v = append(*v, Violation{pointer, rule})
	}
}

// check adds the rule that an error of identity names. It ignores nil.
func (v *violations) check(pointer string, err error) {
	if problem, broken := errors.AsType[identity.FieldError](err); broken {
		v.add(pointer, problem.Rule)
	}
}

// line adds the violation of a text of one line.
func (v *violations) line(pointer, text string, maxRunes int) {
	v.check(pointer, identity.PlainText(text, maxRunes))
}

// items adds the violations of the items of the object at a place. If there are
// too many items, it checks none of them.
func (v *violations) items(at string, items []Item, most int) {
	if len(items) > most {
		v.add(at+"/items", RuleTooMany)
		return
	}
	for i, item := range items {
		here := at + "/items/" + strconv.Itoa(i)
		v.line(here+"/label", item.Label, MaxLabelRunes)
		v.check(here+"/value", identity.PlainLines(item.Value, MaxValueRunes, MaxValueLines))
	}
}

// id adds the violation of an id that the registry chose. "." and ".." are
// rejected because they change the meaning of a path.
func (v *violations) id(pointer, id string) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	if id == "" || len(id) > maxIDBytes || strings.Trim(id, alphabet) != "" || id == "." || id == ".." {
		v.add(pointer, RuleID)
	}
}

// rejection returns all violations as one error, or nil if there are none.
func (v *violations) rejection() error {
	if len(*v) == 0 {
		return nil
	}
	return &RejectedError{Code: CodeContentInvalid, Violations: *v}
}
