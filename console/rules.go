package console

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"renzheng/identity"
	"renzheng/rulebook"
	"renzheng/staff"
)

// maxRules bounds a form with a content: each byte of Chinese is three characters of it.
const maxRules = 4 * rulebook.MaxContent

func (c *Console) ruleRoutes() []route {
	if c.deps.Rules == nil {
		return nil
	}
	operator := []staff.Role{staff.Operator}
	return []route{
		{id: "rules", method: http.MethodGet, path: "/rules", roles: operator, nav: true, act: (*call).rules},
		{id: "new_rules", method: http.MethodGet, path: "/rules/new", roles: operator, act: (*call).newRules},
		{id: "propose_rules", method: http.MethodPost, path: "/rules", roles: operator, body: maxRules, upload: true, creates: "rul_", act: (*call).proposeRules},
		{id: "draft_rules", method: http.MethodPost, path: "/faq/draft", roles: operator, body: maxRules, act: (*call).draftRules},
		{id: "rule_version", method: http.MethodGet, path: "/rules/:id", roles: operator, act: (*call).ruleVersion},
		{id: "approve_rules", method: http.MethodPost, path: "/rules/:id/approval", roles: operator, act: (*call).approveRules},
		{id: "end_rules", method: http.MethodPost, path: "/rules/:id/end", roles: operator, act: (*call).endRules},
		{id: "simulation", method: http.MethodGet, path: "/rules/:id/simulation", roles: operator, act: (*call).simulation},
		{id: "simulate_rules", method: http.MethodPost, path: "/rules/:id/simulation", roles: operator, act: (*call).simulateRules},
		{id: "review_rules", method: http.MethodPost, path: "/rules/:id/review", roles: operator, act: (*call).reviewRules},
	}
}

// ruleKind is a kind with its history.
type ruleKind struct {
	Kind     rulebook.Kind
	InForce  int64 // number
	Versions []rulebook.Version
	now      time.Time
}

// StateOf returns the state of one of the versions as it is shown: also whether an approved one is in force, or was replaced.
func (k ruleKind) StateOf(v rulebook.Version) string { return stateOf(v, k.InForce, k.now) }

func stateOf(v rulebook.Version, inForce int64, now time.Time) string {
	switch {
	case v.Number == inForce:
		return "in_force"
	case v.State == rulebook.Approved && !v.EffectiveFrom.After(now):
		return "replaced"
	}
	return string(v.State)
}

func (c *call) rules() (answer, error) {
	var kinds []ruleKind
	for _, kind := range c.console.deps.Rules.Kinds() {
		current, err := c.console.deps.Rules.Current(c.ctx(), kind)
		if err != nil {
			return nil, err
		}
		history, err := c.console.deps.Rules.History(c.ctx(), kind)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, ruleKind{kind, current.Number, history, c.console.deps.Clock()})
	}
	return page{name: "rules", data: kinds}, nil
}

// moment returns the time of a field of type datetime-local, in Beijing; the zero time if it is empty.
func moment(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", text, identity.Beijing())
	return at.UTC(), err == nil
}

func (c *call) proposeRules() (answer, error) {
	base, err := strconv.ParseInt(c.form("base"), 10, 64)
	if err != nil {
		return nil, errForeign
	}
	d := newRulesData{Kind: rulebook.Kind(c.form("kind")), As: c.form("as"), Base: base, Content: c.form("content"), Note: c.form("note"), From: c.form("from")}
	if !slices.Contains(c.console.deps.Rules.Kinds(), d.Kind) {
		return nil, errNotFound
	}
	if err = c.typedContent(&d); err != nil {
		return nil, err
	}
	from, ok := moment(d.From)
	if !ok {
		d.Problems = append(d.Problems, c.text("rules.bad_time"))
	}
	if len(d.Problems) > 0 {
		return editPage(d), nil
	}
	p := rulebook.Proposal{ID: c.created, Kind: d.Kind, Base: base, Content: []byte(d.Content), Note: d.Note, From: from}
	_, err = c.console.deps.Rules.Propose(c.ctx(), c.member(), p)
	if wrong, ok := errors.AsType[*rulebook.ProblemsError](err); ok {
		d.Problems = wrong.Problems
		return editPage(d), nil
	}
	if !isCreated(err) {
		return nil, err
	}
	return redirect("/rules/" + p.ID + "?done=rules_proposed"), nil
}

// ruleData is the data of one version.
type ruleData struct {
	rulebook.Version

	Changes  []rulebook.Change // against its base
	InForce  bool
	Shown    string // its state, as stateOf returns it
	Endable  bool   // it is in force, or approved for a later time
	Own      bool   // the member, or another account of theirs, proposed it or rolled it back
	Stale    bool   // it is proposed, and another version was approved since: it cannot be approved
	EndNote  string // that was typed, if it is not valid
	Problems []string
}

// MayApprove reports whether the member can approve it.
func (d ruleData) MayApprove() bool { return d.State == rulebook.Proposed && !d.Own && !d.Stale }

// Simulated reports whether what happened can be replayed against the version.
func (d ruleData) Simulated() bool { return isSimulated(d.Kind) }

func (c *call) ruleVersion() (answer, error) {
	d, err := c.ruleData()
	return page{name: "rule_version", data: d}, err
}

func (c *call) ruleData() (ruleData, error) {
	v, err := c.console.deps.Rules.Version(c.ctx(), c.pathID())
	if err != nil {
		return ruleData{}, err
	}
	base, err := c.console.deps.Rules.Base(c.ctx(), v)
	if err != nil {
		return ruleData{}, err
	}
	current, err := c.console.deps.Rules.Current(c.ctx(), v.Kind)
	if err != nil {
		return ruleData{}, err
	}
	latest, err := c.console.deps.Rules.Latest(c.ctx(), v.Kind)
	if err != nil {
		return ruleData{}, err
	}
	own, err := c.console.deps.Rules.OwnActs(c.ctx(), c.member(), v.ID)
	if err != nil {
		return ruleData{}, err
	}
	d := ruleData{Version: v, InForce: v.ID == current.ID, Own: own.Proposed && v.State == rulebook.Proposed || own.Withdrew}
	d.Stale = v.State == rulebook.Proposed && v.Base != latest.Number
	d.Shown = stateOf(v, current.Number, c.console.deps.Clock())
	d.Endable = v.State == rulebook.Approved && (d.InForce || v.EffectiveFrom.After(c.console.deps.Clock()))
	d.Changes, err = c.console.deps.Rules.Changes(base, v)
	return d, err
}

func (c *call) approveRules() (answer, error) {
	_, err := c.console.deps.Rules.Approve(c.ctx(), c.member(), c.pathID())
	if wrong, ok := errors.AsType[*rulebook.ProblemsError](err); ok {
		return c.ruleProblems(wrong, "")
	}
	return redirect("/rules/" + c.pathID() + "?done=rules_approved"), err
}

// ruleProblems shows a version again, with what is wrong with an act on it.
func (c *call) ruleProblems(wrong *rulebook.ProblemsError, note string) (answer, error) {
	d, err := c.ruleData()
	d.Problems, d.EndNote = wrong.Problems, note
	return page{name: "rule_version", status: http.StatusUnprocessableEntity, data: d}, err
}

func (c *call) endRules() (answer, error) {
	note := c.form("note")
	v, err := c.console.deps.Rules.End(c.ctx(), c.member(), c.pathID(), note)
	if wrong, ok := errors.AsType[*rulebook.ProblemsError](err); ok {
		return c.ruleProblems(wrong, note)
	}
	if v.State == rulebook.RolledBack {
		return redirect("/rules/" + c.pathID() + "?done=rules_rolled_back"), err
	}
	return redirect("/rules/" + c.pathID() + "?done=rules_withdrawn"), err
}

func (c *call) reviewRules() (answer, error) {
	_, err := c.console.deps.Rules.Review(c.ctx(), c.member(), c.pathID())
	return redirect("/rules/" + c.pathID() + "?done=rules_reviewed"), err
}
