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
		f.access(t, f.login(t, "w"), bob(t))
		count := func(since, until time.Time) operations.Flow {
			flows := must[[]operations.Flow](t)(operations.Funnel(t.Context(), f.replica, since, until))
			if len(flows) != 1 || flows[0].Channel != "alipay" || flows[0].Purpose != "access" {
				t.Fatalf("got %+v", flows)
			}
			return flows[0]
		}
		for _, tc := range []struct {
			since, until                       time.Time
			begun, facePassed, cardWaits, done int
		}{
			{f.now.Add(-2 * time.Hour), f.now.Add(time.Second), 3, 2, 1, 2},
			{f.now, f.now.Add(time.Second), 2, 1, 1, 1},
			{f.now.Add(-2 * time.Hour), f.now, 1, 1, 0, 1},
		} {
			got := count(tc.since, tc.until).Stages
			waits := 0
			for _, reason := range got[2].Reasons {
				waits += reason.Count
			}
			if got[0].Entered != tc.begun || got[1].Passed != tc.facePassed || waits != tc.cardWaits || got[3].Passed != tc.done {
				t.Errorf("since %v until %v: got %+v", tc.since, tc.until, got)
			}
		}
	})
}
