package verification_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// Each provider comes first as often as its weight says, whatever the ids.
func TestDrawn_SharesAreAsWeighed(t *testing.T) {
	t.Parallel()
	const people = 40_000
	for _, weights := range [][]int{{80, 20}, {1, 1, 1}, {1000, 1}, {5, 0, 5}, {1, 2, 3, 4}} {
		total := 0
		providers := make([]policy.Provider, len(weights))
		for i, weight := range weights {
			providers[i] = policy.Provider{Name: strconv.Itoa(i), Weight: weight}
			total += weight
		}
		got := make([]int, len(weights))
		for person := range people {
			first := verification.Ranked(providers, fmt.Sprintf("ver_%028x|bank_card", person))[0]
			got[int(first[0]-'0')]++
		}
		for i, weight := range weights {
			share := float64(weight) / float64(total)
			margin := 4.5 * math.Sqrt(people*share*(1-share)) // one run in a hundred thousand would miss it
			if off := math.Abs(float64(got[i]) - people*share); off > margin {
				t.Errorf("%v: got %d of %d at %d, want about %.0f", weights, got[i], people, i, people*share)
			}
		}
	}
}

// Who is left out changes nothing for the others, and who stands by comes last.
func TestDrawn_IsSteady(t *testing.T) {
	t.Parallel()
	all := []policy.Provider{{Name: "a", Weight: 3}, {Name: "b", Weight: 0}, {Name: "c", Weight: 2}, {Name: "d", Weight: 0}, {Name: "e", Weight: 9}}
	for i := range 500 {
		seed := fmt.Sprint("ver_", i)
		order := verification.Ranked(all, seed)
		if !slices.Equal(order[3:], []string{"b", "d"}) {
			t.Fatalf("got %v, want those without a share last, in the order of the policy", order)
		}
		gone := i % len(all)
		rest := verification.Ranked(slices.Delete(slices.Clone(all), gone, gone+1), seed)
		want := slices.DeleteFunc(order, func(name string) bool { return name == all[gone].Name })
		if !slices.Equal(rest, want) {
			t.Fatalf("without %s: got %v, want %v", all[gone].Name, rest, want)
		}
	}
}

// sourceFixture is a step that three sources may do, of which each has a script.
type sourceFixture struct {
	*fixture

	sources map[string]*fakeSource
	order   []string // who was asked, in order
}

func newSourceFixture(t *testing.T, changes ...func(*verification.Deps)) *sourceFixture {
	t.Helper()
	wd := &sourceFixture{sources: map[string]*fakeSource{}}
	checkers := map[string]verification.BankCardChecker{}
	for _, name := range []string{"one", "two", "three"} {
		s := &fakeSource{}
		s.calls = func() { wd.order = append(wd.order, name) }
		wd.sources[name], checkers[name] = s, s
	}
	changes = append([]func(*verification.Deps){func(d *verification.Deps) {
		d.BankCards = checkers
		d.Policy = loadPolicy(t, `{"version":"1","routes":[{"purposes":["access"],"documents":["resident_id"],
			"channels":["alipay"],"steps":[{"check":"face","providers":["alipay"]},{"check":"bank_card",
			"providers":[{"name":"one","weight":5},{"name":"two","weight":3},{"name":"three","weight":2}]}]}]}`)
	}}, changes...)
	wd.fixture = newFixture(t, changes...)
	return wd
}

// Nobody is asked after one whose outcome is in doubt, or who decided: whatever
// the sources do, at most one of them may have done something.
func TestService_FailOver_NobodyIsAskedTwice(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t, func(d *verification.Deps) {
		wide := policy.Limit{Tries: 1000, Window: d.Limits.BankCard.Window}
		d.Limits.BankCard, d.Limits.BankCardStarts, d.Limits.BankCardOfSubject, d.Limits.Card = wide, wide, wide, wide
		d.Limits.Subjects, d.Limits.Face, d.Limits.FaceStarts, d.Limits.FaceOfSubject = wide, wide, wide, wide
	})
	a := wd.loginWithConsents(t)
	scripts := rand.New(rand.NewPCG(1, 2)) // the same at every run
	behaviours := map[string]fakeSource{
		"refuses before it is sent": {err: fmt.Errorf("dialling: %w", verification.ErrNothingDone)},
		"says that it is busy":      {decision: sourceBusy},
		"breaks":                    {err: errProvider},
		"is too slow":               {err: context.DeadlineExceeded},
		"says nothing":              {},
		"says no":                   {decision: verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}},
	}
	names := []string{"refuses before it is sent", "says that it is busy", "breaks", "is too slow", "says nothing", "says no"}
	id := wd.passFace(t, a)
	for range 60 {
		did := map[string]string{}
		for name, s := range wd.sources {
			did[name] = names[scripts.IntN(len(names))]
			if scripts.IntN(2) == 0 {
				did[name] = names[scripts.IntN(2)] // so that long chains come about
			}
			s.respondWith(behaviours[did[name]].decision, behaviours[did[name]].err)
		}
		wd.order = nil
		_, attempt, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
		if err != nil {
			t.Fatal(err)
		}
		innocent := func(name string) bool { return slices.Index(names, did[name]) < 2 }
		for i, name := range wd.order {
			if last := i == len(wd.order)-1; !last && !innocent(name) || last && innocent(name) && len(wd.order) < 3 {
				t.Errorf("asked %v although they did %v", wd.order, did)
			}
		}
		if distinct := slices.Compact(slices.Sorted(slices.Values(wd.order))); len(distinct) != len(wd.order) {
			t.Errorf("asked %v, somebody twice", wd.order)
		}
		if last := wd.order[len(wd.order)-1]; attempt.Provider != last {
			t.Errorf("the attempt names %s, want %s who was asked last", attempt.Provider, last)
		}
		for _, name := range wd.order {
			if ids := wd.sources[name].ids; ids[len(ids)-1] != attempt.ID {
				t.Errorf("%s was asked for another attempt", name)
			}
		}
	}
}

// A try is reserved once, however many sources were asked for it, and given
// back to the card where none of them did anything.
func TestService_FailOver_UsesNothingUp(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t)
	a := wd.loginWithConsents(t)
	id := wd.passFace(t, a)
	for _, s := range wd.sources {
		s.respondWith(sourceBusy, nil)
	}
	for range 2 * wd.deps.Limits.Card.Tries { // more often than the networks allow a card to be asked for
		view, attempt, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
		if err != nil || attempt.Failure != failure.ProviderBusy || view.Tries.Left > wd.deps.Limits.BankCard.Tries {
			t.Fatalf("got %s with %d tries left, %v", attempt.Failure, view.Tries.Left, err)
		}
	}
	wd.sources["one"].respondWith(sourcePasses, nil)
	wd.sources["two"].respondWith(sourcePasses, nil)
	wd.sources["three"].respondWith(sourcePasses, nil)
	view, _, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if err != nil || view.State != verification.AwaitingAcceptance {
		t.Errorf("got %s, %v; want the card still good", view.State, err)
	}
}

// A face that the first provider cannot begin is begun by the second.
func TestService_FailOver_OfAFace(t *testing.T) {
	t.Parallel()
	second := &fakeFaces{}
	w := newFixture(t, func(d *verification.Deps) {
		d.Faces = map[string]verification.FaceChecker{"alipay": d.Faces["alipay"], "agency": second}
		d.Policy = loadPolicy(t, `{"version":"1","routes":[{"purposes":["access"],"documents":["resident_id"],
			"channels":["alipay"],"steps":[{"check":"face","providers":["alipay","agency"]},
			{"check":"bank_card","providers":["tencentcloud"]}]}]}`)
	})
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	w.faces.startErr = errors.Join(verification.ErrNothingDone)
	_, attempt, err := w.StartFace(t.Context(), a, id)
	if err != nil || attempt.Provider != "agency" || attempt.Call == nil || second.started[0].AttemptID != attempt.ID {
		t.Fatalf("got %s, %v; want the agency to have begun it", attempt.Provider, err)
	}
	second.respondWith(facePasses)
	if _, attempt, err = w.FinishFace(t.Context(), a, id, attempt.ID); err != nil || attempt.State != verification.AttemptPassed {
		t.Errorf("got %s, %v", attempt.State, err)
	}
	if w.faces.queries != 0 {
		t.Error("the first provider was asked for a face that it never had")
	}

	again := w.loginAs(t, w.userOf(t, w.loginWithConsents(t)))
	w.acceptNotices(t, again, policy.Confirm)
	w.faces.startErr = errProvider
	_, attempt, err = w.StartFace(t.Context(), again, w.start(t, again, person(t, 1)).ID)
	if err != nil || attempt.State != verification.AttemptCancelled || len(second.started) != 1 {
		t.Errorf("in doubt: got %s after %d starts of the second, %v", attempt.State, len(second.started), err)
	}
}
