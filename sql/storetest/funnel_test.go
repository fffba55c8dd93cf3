package storetest_test

import (
	"testing"
	"time"

	"renzheng/operations"
)

func TestFunnel_CountsWhatWasBegunInThePeriod(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.granted(t, "u", ann(t))
		f.now = f.now.Add(time.Hour)
		f.granted(t, "u", ann(t))
		waiting := f.access(t, f.login(t, "w"), bob(t))
		count := func(since, until time.Time) operations.Flow {
			flows := must[[]operations.Flow](t)(operations.Funnel(t.Context(), f.replica, since, until))
			if len(flows) != 1 || flows[0].Channel != "alipay" || flows[0].Purpose != "access" {
				t.Fatalf("got %+v", flows)
			}
			return flows[0]
		}
		for _, tc := range []struct {
			since, until                     time.Time
			begun, facePassed, cardGot, done int
		}{
			{f.now.Add(-2 * time.Hour), f.now.Add(time.Second), 3, 2, 2, 2},
			{f.now, f.now.Add(time.Second), 2, 1, 1, 1},
			{f.now.Add(-2 * time.Hour), f.now, 1, 1, 1, 1},
		} {
			got := count(tc.since, tc.until).Stages
			if got[0].Entered != tc.begun || got[1].Entered != tc.begun || got[1].Passed != tc.facePassed || got[2].Entered != tc.cardGot || got[3].Entered != tc.done || got[3].Passed != tc.done {
				t.Errorf("since %v until %v: got %+v", tc.since, tc.until, got)
			}
		}
		// Who did not pass the face never came to the card, and whose face was skipped did.
		for state, want := range map[string]int{"failed": 2, "pending": 2, "skipped": 3, "passed": 3} {
			if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE checks SET state = ? WHERE kind = 'face' AND verification_id = ?", state, waiting.ID); err != nil {
				t.Fatal(err)
			}
			if got := count(f.now.Add(-2*time.Hour), f.now.Add(time.Second)).Stages; got[2].Entered != want {
				t.Errorf("the face %s: got %+v, want %d at the card", state, got, want)
			}
		}
	})
}
