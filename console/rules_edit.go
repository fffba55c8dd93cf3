package console

import (
	"net/http"

	"renzheng/rulebook"
)

// The ways in which a content is edited.
const (
	asJSON   = "json"
	asLimits = "limits"
	asFAQ    = "faq"
)

// newRulesData is the data of the pages on which a version is edited and proposed.
type newRulesData struct {
	Kind     rulebook.Kind
	As       string // how it is edited
	Base     int64  // number of the version that was shown to be edited
	Content  string // JSON; of limits that are edited in a table, of the version that was shown
	Note     string
	From     string // as the field has it
	Problems []string

	Limits []limitRow // if it is edited as limits
	FAQ    faqDraft   // if it is edited as questions
}

// HasForm reports whether the kind can be edited otherwise than as JSON.
func (d newRulesData) HasForm() bool { return formOf(d.Kind) != asJSON }

// formOf returns how a kind is edited unless JSON is asked for.
func formOf(kind rulebook.Kind) string {
	switch kind {
	case rulebook.Limits:
		return asLimits
	case rulebook.FAQ:
		return asFAQ
	case rulebook.Notices, rulebook.Sources, rulebook.Policy:
	}
	return asJSON
}

func (c *call) newRules() (answer, error) {
	latest, err := c.console.deps.Rules.Latest(c.ctx(), rulebook.Kind(c.query("kind")))
	if err != nil {
		return nil, err
	}
	d := newRulesData{Kind: latest.Kind, As: formOf(latest.Kind), Base: latest.Number, Content: rulebook.Indented(latest.Content)}
	if c.query("as") == asJSON {
		d.As = asJSON
	}
	return editPage(d), nil
}

// editPage returns the page on which a version is edited. A content that its form cannot show, such as one of another release, is edited
// as JSON.
func editPage(d newRulesData) page {
	code := http.StatusOK
	if len(d.Problems) > 0 {
		code = http.StatusUnprocessableEntity
	}
	var err error
	switch d.As {
	case asLimits:
		if d.Limits == nil {
			d.Limits, err = limitRows([]byte(d.Content))
		}
		if err == nil {
			return page{name: "edit_limits", status: code, data: d}
		}
	case asFAQ:
		if d.FAQ, err = parseFAQ([]byte(d.Content)); err == nil {
			return page{name: "edit_faq", status: code, data: d}
		}
	}
	d.As = asJSON
	return page{name: "new_rules", status: code, data: d}
}

// typedContent sets the content of a proposal to what was typed. It adds to the problems what its form cannot express.
func (c *call) typedContent(d *newRulesData) error {
	switch {
	case d.As == asLimits && d.Kind == rulebook.Limits:
		latest, err := c.console.deps.Rules.Latest(c.ctx(), d.Kind)
		if err != nil {
			return err
		}
		return c.typedLimits(d, latest.Content)
	case d.As == asFAQ && d.Kind == rulebook.FAQ:
		d.Content = withVersion(d.Content, c.form("version"))
		return nil
	}
	d.As = asJSON
	if uploaded := c.uploaded("file"); len(uploaded) > 0 {
		d.Content = string(uploaded)
	}
	return nil
}
