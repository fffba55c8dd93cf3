package verification_test

import (
	"fmt"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// broken lists what every entry of a catalogue owes to a person.
func (g *graph) broken(codes []failure.Code) []string {
	var found []string
	say := func(code failure.Code, what string) {
		found = append(found, fmt.Sprintf("%s %s", code, what))
	}
	for _, code := range codes {
		if g.entry(code).Kind == "" {
			say(code, "has no entry")
		}
	}
	seen := map[failure.Code]bool{}
	for _, e := range g.entries {
		if seen[e.Code] {
			say(e.Code, "comes twice")
		}
		seen[e.Code] = true
		if speechless(e) {
			say(e.Code, "lacks a text in a language")
		}
		for _, what := range wrongRemedies(e) {
			say(e.Code, what)
		}
		if g.wronglyCounted(e) {
			say(e.Code, "is counted and must not be, or the other way round")
		}
	}
	return found
}

// speechless reports whether a text lacks a language.
func speechless(e failure.Entry) bool {
	texts := []identity.Text{e.Prompt, e.Cause}
	for _, remedy := range e.Remedies {
		texts = append(texts, remedy.Text)
	}
	return slices.ContainsFunc(texts, func(text identity.Text) bool {
		return slices.ContainsFunc(identity.Languages(), func(language string) bool {
			return strings.TrimSpace(text.For(language)) == ""
		})
	})
}

func wrongRemedies(e failure.Entry) []string {
	var found []string
	kinds := make([]failure.RemedyKind, len(e.Remedies))
	for i, remedy := range e.Remedies {
		kinds[i] = remedy.Kind
	}
	end := []failure.RemedyKind{failure.ServiceWindow, failure.TechnicalSupport}
	if len(kinds) < 2 || !slices.Equal(kinds[len(kinds)-2:], end) {
		found = append(found, "does not end at the window and at support")
	}
	if e.Retryable && len(kinds) < 3 {
		found = append(found, "may be repeated, and nothing says how")
	}
	again := []failure.RemedyKind{failure.RetryNow, failure.RetryBetterLight, failure.RetryFinish}
	if !e.Retryable && slices.ContainsFunc(kinds, func(k failure.RemedyKind) bool { return slices.Contains(again, k) }) {
		found = append(found, "cannot pass when repeated, and advises it")
	}
	later := slices.Index(kinds, failure.RetryLater)
	if later >= 0 && later != len(kinds)-3 {
		found = append(found, "advises to wait before what can be done at once")
	}
	return found
}

// wronglyCounted holds the flag against what was decided and what the person is
// told: a try is used up by a judgement alone.
func (g *graph) wronglyCounted(e failure.Entry) bool {
	judging := []failure.Kind{failure.KindIdentity, failure.KindFace, failure.KindCard}
	if !slices.Contains(judging, e.Kind) {
		return e.Counted
	}
	check := policy.Face
	if e.Kind == failure.KindCard {
		check = policy.BankCard
	}
	free := strings.Contains(e.Cause.Chinese, "不计次数") && strings.Contains(e.Cause.English, "o try was used")
	decided := g.judge(check, e.Code).State == verification.AttemptFailed
	return e.Counted != (decided && !free)
}
