package verification

import (
	"strings"

	"renzheng/verification/policy"
)

// Counter is a quota of the limits with how the scopes of its counters begin. A counter is that of one account, person or card.
type Counter struct {
	Name   string // as the limits are written: "face", "face_starts", "face_of_subject", …
	Prefix string
	Limit  policy.Limit
}

// Counters returns the counters of all limits. Those of data sources are not among them.
func Counters(l policy.Limits) []Counter {
	var all []Counter
	for _, kind := range policy.CheckKinds() {
		name, limits := string(kind), l.Of(kind)
		all = append(all,
			Counter{name, name + "|acc_", limits.Own}, Counter{name + "_starts", "starts|" + name + "|", limits.Starts},
			Counter{name + "_of_subject", name + "|all|", limits.All})
	}
	return append(all,
		Counter{"card", "card|", l.Card}, Counter{subjectsScope, subjectsScope + "|", l.Subjects},
		Counter{"starts", "verifications|", l.Starts}, Counter{"consents", "consents|", l.Consents})
}

// CounterName returns the name of the counter of a quota: "source" for a rule of data sources, "" for what is not counted here.
func CounterName(q policy.Quota) string {
	if q.Source != "" {
		return "source"
	}
	for _, c := range Counters(policy.Limits{}) {
		if strings.HasPrefix(q.Scope, c.Prefix) {
			return c.Name
		}
	}
	return ""
}
