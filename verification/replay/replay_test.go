package replay_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

func began() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) }

// face is a verification of one person with faces: so many that failed and counted, and then one that passed or not.
func face(n int, person string, at time.Time, failed int, passed bool) replay.Verification { //nolint:revive // flag-parameter: a field
	v := replay.Verification{
		ID: fmt.Sprintf("ver_%d", n), AccountID: "acc_" + person, SubjectID: "sub_" + person, Purpose: policy.Access, Channel: "alipay",
		Document: identity.ResidentID, CreatedAt: at, Passed: passed,
		Checks: []replay.Check{{Kind: policy.Face, Done: passed}, {Kind: policy.BankCard, Done: passed}},
	}
	for i := range failed {
		v.Attempts = append(v.Attempts, replay.Attempt{Kind: policy.Face, Provider: "alipay", Counted: true, StartedAt: at.Add(time.Duration(i) * time.Minute)})
	}
	if passed {
		v.Attempts = append(v.Attempts, replay.Attempt{Kind: policy.Face, Provider: "alipay", StartedAt: at.Add(time.Hour)})
	}
	return v
}

func rules(t *testing.T) replay.Rules {
	t.Helper()
	p, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	return replay.Rules{Policy: p, Limits: policy.DefaultLimits()}
}

func result(t *testing.T, before, after replay.Rules, all []replay.Verification) replay.Result {
	t.Helper()
	prices, err := replay.ParsePrices([]string{"face/alipay=1", "face/agency=2.5", "bank_card/tencentcloud=0.3"})
	if err != nil {
		t.Fatal(err)
	}
	r := replay.New(before, after, prices)
	for _, v := range all {
		r.Add(v)
	}
	return r.Result(began(), began().Add(replay.Period))
}

// The numbers of a random history equal those of a plain recount, which keeps every try and looks at all of them each time.
func TestReplay_CountsWhoLowerLimitsWouldStop(t *testing.T) {
	t.Parallel()
	for range 50 {
		var all []replay.Verification
		at := began()
		for n := range 200 {
			at = at.Add(time.Duration(rand.IntN(120)) * time.Minute)
			all = append(all, face(n, strconv.Itoa(rand.IntN(30)), at, rand.IntN(4), rand.IntN(3) > 0))
		}
		before := rules(t)
		before.Limits.Face = policy.Limit{Tries: 1000, Window: time.Hour} // whatever happened was allowed
		before.Limits.FaceStarts = before.Limits.Face
		after := before
		after.Limits.Face = policy.Limit{Tries: 1 + rand.IntN(4), Window: time.Duration(1+rand.IntN(30)) * time.Hour}
		stopped, calls, made := recount(all, after.Limits.Face)
		got := result(t, before, after, all).Groups[0]
		want := stopped
		if want > 0 && want < replay.Smallest {
			want = replay.TooFew
		}
		if got.Stopped != (replay.Range{Low: want, High: want}) || got.Calls != calls || got.CallsThen != (replay.Range{Low: made, High: calls}) {
			t.Fatalf("got %+v, want %d stopped, %d calls and at least %d", got, stopped, calls, made)
		}
		if got.Cost != int64(calls)*10000 || got.CostThen != (replay.Cost{Low: int64(made) * 10000, High: int64(calls) * 10000}) {
			t.Fatalf("got %+v, want the cost of %d calls of 1 yuan", got, calls)
		}
	}
}

// recount returns how many persons who passed would have been stopped, how many calls there were, and how many before a rejection.
func recount(all []replay.Verification, limit policy.Limit) (stopped, calls, made int) {
	tries, persons := map[string][]time.Time{}, map[string]bool{} // tries that counted, by person
	for _, v := range all {
		rejected := false
		for _, a := range v.Attempts {
			calls++
			if rejected {
				continue
			}
			var first time.Time
			used := 0
			for _, earlier := range tries[v.SubjectID] {
				if used == 0 || !earlier.Before(first.Add(limit.Window)) {
					first, used = earlier, 0
				}
				used++
			}
			if used >= limit.Tries && a.StartedAt.Before(first.Add(limit.Window)) {
				rejected = true
				if v.Passed {
					persons[v.SubjectID] = true
				}
				continue
			}
			made++
			if a.Counted {
				tries[v.SubjectID] = append(tries[v.SubjectID], a.StartedAt)
			}
		}
	}
	return len(persons), calls, made
}

func TestReplay_BoundsWhatHigherLimitsWouldAdmit(t *testing.T) {
	t.Parallel()
	var all []replay.Verification
	for n := range 10 {
		all = append(all, face(n, strconv.Itoa(n), began().Add(time.Duration(n)*time.Hour), 5, false))
	}
	before, after := rules(t), rules(t)
	after.Limits.Face.Tries = 8
	got := result(t, before, after, all).Groups[0]
	if got.Admitted != (replay.Range{High: 10}) || got.Stopped != (replay.Range{}) || got.CallsThen != (replay.Range{Low: 50, High: 80}) {
		t.Errorf("got %+v, want 10 persons with up to 3 more calls each", got)
	}
}

func policyWith(t *testing.T, steps string) *policy.Policy {
	t.Helper()
	p, err := policy.Load([]byte(`{"version":"x","routes":[{"purposes":["access"],"documents":["resident_id"],"channels":["alipay"],"steps":[` + steps + `]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	stepFace = `{"check":"face","providers":["alipay"]}`
	stepCard = `{"check":"bank_card","providers":["tencentcloud"]}`
	stepFour = `{"check":"four_elements","providers":["tencentcloud"]}`
)

// Nobody knows what a check that was not done would have found, except from how often it passes elsewhere.
func TestReplay_BoundsAnAddedCheck(t *testing.T) {
	t.Parallel()
	var all []replay.Verification
	for n := range 20 {
		all = append(all, face(n, strconv.Itoa(n), began(), 0, true))
	}
	for n := range 200 { // the check elsewhere: 3 of 4 pass
		v := face(1000+n, strconv.Itoa(1000+n), began(), 0, true)
		v.Document, v.Passed = identity.Passport, n%4 > 0
		v.Checks = []replay.Check{{Kind: policy.FourElements, Done: v.Passed}}
		v.Attempts[0].Kind = policy.FourElements
		all = append(all, v)
	}
	before, after := rules(t), rules(t)
	before.Policy, after.Policy = policyWith(t, stepFace+","+stepCard), policyWith(t, stepFace+","+stepCard+","+stepFour)
	got := result(t, before, after, all[:20]).Groups[0]
	if got.Stopped != (replay.Range{High: 20}) || got.Estimate != replay.Unknown || got.CallsThen != (replay.Range{Low: 40, High: 20 + 20*4}) {
		t.Errorf("got %+v, want none to all stopped, and one to four calls more for each", got)
	}
	for _, g := range result(t, before, after, all).Groups {
		if g.Document == "resident_id" && g.Estimate != 5 {
			t.Errorf("got an estimate of %d, want a quarter of 20", g.Estimate)
		}
	}
}

func TestReplay_CountsWhomARemovedCheckStopped(t *testing.T) {
	t.Parallel()
	var all []replay.Verification
	for n := range 12 { // failed at the card alone
		v := face(n, strconv.Itoa(n), began(), 0, true)
		v.Passed, v.Checks[1].Done = false, false
		v.Checks = append(v.Checks, replay.Check{Kind: policy.FourElements, Done: n%2 == 0})
		v.Attempts = append(v.Attempts, replay.Attempt{Kind: policy.FourElements, Provider: "tencentcloud", StartedAt: began()})
		v.Checks[1].Done = true
		all = append(all, v)
	}
	before, after := rules(t), rules(t)
	before.Policy, after.Policy = policyWith(t, stepFace+","+stepCard+","+stepFour), policyWith(t, stepFace+","+stepCard)
	got := result(t, before, after, all).Groups[0]
	if got.Admitted != (replay.Range{Low: 12, High: 12}) || got.Calls != 24 || got.CallsThen != (replay.Range{Low: 12, High: 12}) {
		t.Errorf("got %+v, want 12 persons and half of the calls", got)
	}
}

func TestReplay_HidesWhatIsAboutFewPersons(t *testing.T) {
	t.Parallel()
	var all []replay.Verification
	for n := range 4 {
		v := face(n, strconv.Itoa(n), began(), 2, true)
		v.Channel = "wechat"
		all = append(all, v)
	}
	for n := range 9 {
		failed := 0
		if n < 4 {
			failed = 2
		}
		all = append(all, face(100+n, strconv.Itoa(100+n), began(), failed, true))
	}
	before, after := rules(t), rules(t)
	after.Limits.Face.Tries = 2
	got := result(t, before, after, all)
	if got.Hidden != 1 || len(got.Groups) != 1 || got.Groups[0].Stopped != (replay.Range{Low: replay.TooFew, High: replay.TooFew}) {
		t.Errorf("got %+v, want one group hidden, and fewer than five stopped in the other", got)
	}
}

func TestParsePrices(t *testing.T) {
	t.Parallel()
	prices, err := replay.ParsePrices([]string{"face/alipay=0.8", "bank_card/tencentcloud=12.3456"})
	if err != nil || prices[policy.Face]["alipay"] != 8000 || prices[policy.BankCard]["tencentcloud"] != 123456 || replay.Yuan(8000) != "0.80" || replay.Yuan(123456) != "12.3456" {
		t.Errorf("got %v, %v", prices, err)
	}
	for _, wrong := range []string{"face=1", "face/alipay=-1", "face/alipay=1.23456", "face/alipay=1,5", ""} {
		if _, err = replay.ParsePrices([]string{wrong}); err == nil {
			t.Errorf("%q was accepted", wrong)
		}
	}
	if _, err = replay.ParsePrices([]string{"face/alipay=1", "face/alipay=2"}); err == nil {
		t.Error("two prices of one call were accepted")
	}
}
