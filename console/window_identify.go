package console

import (
	"errors"
	"net/http"
	"strings"

	"renzheng/identity"
	"renzheng/window"
)

// typedFields are the fields that a form with a problem has again. The second number is typed anew.
func typedFields() []string {
	return []string{"registry", "case", "type", "number", "name", "reason", "guardian_type", "guardian_number", "guardian_name", "relation", "unable", "witness", "anyway"}
}

// registriesFor returns the registries at which the cases of a person are looked for: the one that was chosen, or all of the settings.
func (c *call) registriesFor(seen window.Seen) []string {
	var ids []string
	for _, r := range c.console.deps.Registries() {
		if seen.RegistryID == "" || seen.RegistryID == r.ID {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// errNoRegistry reports the number of a case without its registry.
var errNoRegistry = errors.New("a case without its registry")

// identify takes what the clerk typed. What is wrong with it is shown next to the form; nothing was stored then. Without a case it is that
// of the person, and if there are several, the form has them to choose from.
func (c *call) identify() (answer, error) {
	id := c.pathID()
	seen, err := c.seen()
	var cases []window.PersonCase
	switch {
	case err != nil:
	case seen.CaseID == "":
		cases, err = c.console.deps.Window.CasesOf(c.ctx(), c.member(), id, seen, c.registriesFor(seen))
	case seen.RegistryID == "":
		err = errNoRegistry
	}
	if len(cases) == 1 {
		seen.RegistryID, seen.CaseID = cases[0].RegistryID, cases[0].CaseID
	}
	if err == nil && len(cases) < 2 {
		_, err = c.console.deps.Window.Identify(c.ctx(), c.member(), id, seen)
		if err == nil {
			return visitAddress(id, "visit_identified"), nil
		}
	}
	problem, ok := typingProblem(err)
	if err != nil && !ok {
		return nil, err
	}
	if seen.CaseID == "" && errors.Is(err, window.ErrNotSigner) {
		problem = "problem.person_unknown"
	}
	d, failed := c.readVisit(id)
	if failed != nil {
		return nil, failed
	}
	d.Problem, d.Cases, d.Nothing = problem, cases, errors.Is(err, window.ErrNothingAsked)
	return c.typedAgain(d, err), nil
}

// typedAgain returns the form with what was typed. The number is typed a second time anew, unless both were compared.
func (c *call) typedAgain(d visitData, err error) page {
	for _, name := range typedFields() {
		d.Typed[name] = c.form(name)
	}
	d.Typed["registry"], d.Typed["case"] = c.caseTyped()
	p := page{name: "visit", data: d}
	limited, isLimited := errors.AsType[*window.LimitError](err)
	switch {
	case err == nil:
		d.Typed["again"] = c.form("again")
	case isLimited:
		d.Until = limited.Until
		p.data, p.status = d, http.StatusTooManyRequests
		c.retryAfter(limited.Until.Sub(c.console.deps.Clock()))
	default:
		p.status = http.StatusUnprocessableEntity
	}
	return p
}

// caseTyped returns the registry and number of the case: those that were chosen from the list of the person's, or those that were typed.
func (c *call) caseTyped() (registry, caseID string) {
	if chosen, number, ok := strings.Cut(c.form("chosen"), " "); ok {
		return chosen, number
	}
	return c.form("registry"), c.form("case")
}

func (c *call) seen() (window.Seen, error) {
	d, err := identity.ParseDocument(identity.DocumentType(c.form("type")), c.form("number"), c.form("name"))
	if err != nil {
		return window.Seen{}, err
	}
	again, err := identity.ParseNumber(d.Type, c.form("again"))
	if err != nil {
		return window.Seen{}, window.ErrTypedDifferently
	}
	registry, caseID := c.caseTyped()
	seen := window.Seen{
		RegistryID: registry, CaseID: caseID, Anyway: c.form("anyway") == "yes", Document: d, Again: again, Reason: c.form("reason"),
		Unable: c.form("unable") == "yes", Witness: identity.NewSecret(c.form("witness")), Photos: c.photos(),
	}
	if c.form("guardian_number") == "" {
		return seen, nil
	}
	guardian, err := identity.ParseDocument(identity.DocumentType(c.form("guardian_type")), c.form("guardian_number"), c.form("guardian_name"))
	if err != nil {
		return seen, window.ErrGuardian
	}
	seen.Guardian = &window.Guardian{Document: guardian, Relation: c.form("relation")}
	return seen, nil
}

// typingProblem returns the key of the text for an error that the clerk can correct in the form.
func typingProblem(err error) (string, bool) {
	if field, ok := errors.AsType[identity.FieldError](err); ok {
		return "problem.field_" + field.Field, true
	}
	if problem := pictureProblem(err); problem != "" {
		return problem, true
	}
	if _, limited := errors.AsType[*window.LimitError](err); limited {
		return "problem.misses", true
	}
	for text, known := range map[string]error{
		"problem.typed_differently": window.ErrTypedDifferently, "problem.not_signer": window.ErrNotSigner, "problem.name_differs": window.ErrNameDiffers,
		"problem.reason": window.ErrReason, "problem.guardian": window.ErrGuardian, "problem.too_young": window.ErrTooYoung, "problem.witness": window.ErrWitness, "problem.photo": window.ErrPhoto,
		"problem.no_registry": errNoRegistry, "problem.case_unknown": window.ErrNoCase, "problem.nothing_asked": window.ErrNothingAsked, "problem.not_minor": window.ErrNotMinor,
	} {
		if errors.Is(err, known) {
			return text, true
		}
	}
	return "", false
}
