package verification_test

import (
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// mutant is a product broken on purpose.
type mutant struct {
	name   string
	breaks func(g *graph) error // an error is that of the loader, which refused it
	by     string               // what has to catch it
}

// What catches mutants.
const (
	byLoader = "the loader" // refused at start
	byRules  = "the rules"  // an entry does not give what it owes
	bySearch = "the search" // a state without an end, or with a loop
)

// caught reports whether a mutant was found by what must find it.
func (m mutant) caught(g *graph, codes []failure.Code) bool {
	err := m.breaks(g)
	switch m.by {
	case byLoader:
		return err != nil
	case byRules:
		return err == nil && len(g.broken(codes)) > 0
	}
	if err != nil {
		return false
	}
	found := g.search()
	return len(found.deadEnds)+len(found.loops)+len(found.untimed) > 0
}

// edit changes the entry of a code.
func edit(code failure.Code, change func(e *failure.Entry)) func(g *graph) error {
	return func(g *graph) error {
		for i := range g.entries {
			if g.entries[i].Code == code {
				change(&g.entries[i])
			}
		}
		return nil
	}
}

// without takes a remedy away.
func without(kind failure.RemedyKind) func(e *failure.Entry) {
	return func(e *failure.Entry) {
		e.Remedies = slices.DeleteFunc(e.Remedies, func(r failure.Remedy) bool { return r.Kind == kind })
	}
}

// first puts a remedy in front.
func first(kind failure.RemedyKind) func(e *failure.Entry) {
	return func(e *failure.Entry) {
		e.Remedies = slices.Insert(e.Remedies, 0, failure.Remedy{Kind: kind, Text: e.Prompt})
	}
}

// catalogueMutants break every entry in every way.
func catalogueMutants() []mutant {
	var all []mutant
	for _, e := range failure.Catalogue() {
		add := func(what, by string, change func(e *failure.Entry)) {
			all = append(all, mutant{fmt.Sprintf("%s %s", e.Code, what), edit(e.Code, change), by})
		}
		add("without support", byRules, without(failure.TechnicalSupport))
		add("without the window, by rule", byRules, without(failure.ServiceWindow))
		add("counted the other way", byRules, func(e *failure.Entry) { e.Counted = !e.Counted })
		add("without any remedy", byRules, func(e *failure.Entry) { e.Remedies = nil })
		add("with the window first", byRules, func(e *failure.Entry) { slices.Reverse(e.Remedies) })
		if reached(e.Code) {
			add("without the window", bySearch, without(failure.ServiceWindow))
		}
		if !e.Retryable {
			add("repeated in vain", byRules, first(failure.RetryNow))
		}
		all = append(all, textMutants(e)...)
		all = append(all, mutant{fmt.Sprintf("%s forgotten", e.Code), forget(e.Code), byRules}, mutant{fmt.Sprintf("%s twice", e.Code), twice(e), byRules})
	}
	for _, code := range []failure.Code{
		failure.TriesExhausted, failure.AccountLimit, failure.CheckSwitchedOff, failure.RouteMissing,
		failure.CardLocked,
	} {
		for _, kind := range []failure.RemedyKind{failure.RetryNow, failure.AllowCamera, failure.RestartApp} {
			all = append(all, mutant{fmt.Sprintf("%s in a loop by %s", code, kind), edit(code, first(kind)), bySearch})
		}
	}
	return all
}

// reached leaves out what only the server's edge or the client sees, in front
// of any state.
func reached(code failure.Code) bool {
	return code != failure.ChannelOff
}

func forget(code failure.Code) func(g *graph) error {
	return func(g *graph) error {
		g.entries = slices.DeleteFunc(g.entries, func(e failure.Entry) bool { return e.Code == code })
		return nil
	}
}

func twice(e failure.Entry) func(g *graph) error {
	return func(g *graph) error {
		g.entries = append(g.entries, e)
		return nil
	}
}

// textMutants silence each text in each language.
func textMutants(e failure.Entry) []mutant {
	silence := map[string]func(*identity.Text){
		identity.Chinese:     func(x *identity.Text) { x.Chinese = "" },
		identity.Traditional: func(x *identity.Text) { x.Traditional = " " },
		identity.English:     func(x *identity.Text) { x.English = "" },
	}
	var all []mutant
	for language, mute := range silence {
		texts := []func(e *failure.Entry) *identity.Text{
			func(e *failure.Entry) *identity.Text { return &e.Prompt },
			func(e *failure.Entry) *identity.Text { return &e.Cause },
		}
		for i := range e.Remedies {
			texts = append(texts, func(e *failure.Entry) *identity.Text { return &e.Remedies[i].Text })
		}
		for i, text := range texts {
			name := fmt.Sprintf("%s: text %d without %s", e.Code, i, language)
			all = append(all, mutant{name, edit(e.Code, func(e *failure.Entry) { mute(text(e)) }), byRules})
		}
	}
	return all
}
