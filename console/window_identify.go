package console

import (
	"errors"
	"net/http"

	"renzheng/identity"
	"renzheng/window"
)

// typedFields are the fields that a form with a problem has again. The second number is typed anew.
func typedFields() []string {
	return []string{"registry", "case", "type", "number", "name", "reason", "guardian_type", "guardian_number", "guardian_name", "relation", "unable", "witness"}
}

// identify takes what the clerk typed. What is wrong with it is shown next to the form; nothing was stored then.
func (c *call) identify() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	seen, err := c.seen()
	if err == nil {
		_, err = service.Identify(c.ctx(), c.member(), id, seen)
	}
	if err == nil {
		return visitAddress(id, "visit_identified"), nil
	}
	problem, ok := typingProblem(err)
	if !ok {
		return nil, err
	}
	v, failed := service.Visit(c.ctx(), c.member(), id)
	if failed != nil {
		return nil, failed
	}
	d := c.visitData(v)
	d.Problem = problem
	for _, name := range typedFields() {
		d.Typed[name] = c.form(name)
	}
	if limited, ok := errors.AsType[*window.LimitError](err); ok {
		d.Until = limited.Until
		c.retryAfter(limited.Until.Sub(c.console.deps.Clock()))
		return page{name: "visit", status: http.StatusTooManyRequests, data: d}, nil
	}
	return unprocessable(page{name: "visit", data: d}), nil
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
	seen := window.Seen{
		RegistryID: c.form("registry"), CaseID: c.form("case"), Document: d, Again: again, Reason: c.form("reason"),
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
	} {
		if errors.Is(err, known) {
			return text, true
		}
	}
	return "", false
}
