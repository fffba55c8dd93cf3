package storetest_test

import (
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// happened returns the verifications that began in a period.
func (f *fixture) happened(t *testing.T, since, until time.Time) []replay.Verification {
	t.Helper()
	var all []replay.Verification
	err := f.replica.EachVerifications(t.Context(), since, until, func(some []replay.Verification) error {
		all = append(all, some...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count := must[int](t)(f.replica.CountVerifications(t.Context(), since, until)); count != len(all) {
		t.Errorf("got %d verifications, but a count of %d", len(all), count)
	}
	return all
}

func TestReplay_ReadsWhatHappened(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		f.reserve(t, f.access(t, ses, ann(t)))
		since, until := f.now.Add(-time.Hour), f.now.Add(24*time.Hour)
		attempts, passed := 0, 0
		for _, v := range f.happened(t, since, until) {
			if v.Document != identity.ResidentID || v.Purpose != policy.Access || len(v.Checks) == 0 || v.SubjectID == "" || v.CreatedAt.Before(since) {
				t.Errorf("got %+v", v)
			}
			attempts += len(v.Attempts)
			if v.Passed {
				passed++
			}
		}
		if attempts == 0 || passed == 0 {
			t.Errorf("got %d attempts and %d that passed", attempts, passed)
		}
		if all := f.happened(t, until, until.Add(time.Hour)); len(all) != 0 {
			t.Errorf("got %v of a period without any", all)
		}
	})
}

func TestSimulation_IsCarriedOutByOneReplica(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const id = "rul_00000000000000000000000000000001"
		wantError(t, errorOf(f.store.Simulation(t.Context(), id)), replay.ErrNotFound)
		for range 2 {
			wantError(t, f.store.RequestSimulation(t.Context(), id, f.now), nil)
		}
		later := f.now.Add(time.Minute)
		got := must[replay.Simulation](t)(f.replica.ClaimSimulation(t.Context(), f.now, later))
		wantError(t, errorOf(f.store.ClaimSimulation(t.Context(), f.now, later)), replay.ErrNotFound)
		wantError(t, errorOf(f.store.ClaimSimulation(t.Context(), later, later.Add(time.Minute))), nil) // a replica left it
		got.Done, got.Total = 3, 9
		wantError(t, f.store.ReportSimulation(t.Context(), got, later), nil)
		got.Done, got.FinishedAt, got.Result = 9, later, []byte("{}")
		wantError(t, f.store.FinishSimulation(t.Context(), got), nil)
		got.Result = []byte("late")
		wantError(t, f.store.FinishSimulation(t.Context(), got), nil)
		found := must[replay.Simulation](t)(f.replica.Simulation(t.Context(), id))
		if found.Done != 9 || found.Total != 9 || string(found.Result) != "{}" || !found.FinishedAt.Equal(later) {
			t.Errorf("got %+v", found)
		}
		wantError(t, f.store.RequestSimulation(t.Context(), id, later), nil)
		if found = must[replay.Simulation](t)(f.replica.Simulation(t.Context(), id)); !found.FinishedAt.IsZero() {
			t.Errorf("requested anew: got %+v", found)
		}
	})
}

// errorOf returns the error of a call whose value does not matter.
func errorOf(_ replay.Simulation, err error) error { return err }
