package storetest_test

import (
	"fmt"
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

// A batch ends between verifications of one millisecond, and the next one has the others, each once.
func TestReplay_ReadsTheSecondBatch(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, batches := f.t, 0
		ses, _ := f.granted(t, "u", ann(t))
		const many = 1003
		tx, err := f.raw(t).BeginTxx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		began := f.now.Add(10 * day)
		for n := range many {
			_, err = tx.ExecContext(t.Context(), `INSERT INTO verifications (id, session_id, account_id, subject_id, purpose, channel, state, document_cipher, document_type,
				prefilled, policy_digest, created_at, expires_at, passed_at) VALUES (?, ?, ?, ?, 'access', 'alipay', 'open', x'00', 'resident_id', 0, '', ?, 0, 0)`,
				fmt.Sprintf("ver_%06d", n), ses.ID, ses.Account.ID, ses.Grant.SubjectID, began.Add(time.Duration(n/400)*time.Millisecond).UnixMilli())
			if err != nil {
				t.Fatal(err)
			}
		}
		if err = tx.Commit(); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		err = f.replica.EachVerifications(t.Context(), began, began.Add(time.Hour), func(some []replay.Verification) error {
			batches++
			for _, v := range some {
				if seen[v.ID] {
					t.Errorf("%s is replayed again", v.ID)
				}
				seen[v.ID] = true
			}
			return nil
		})
		if err != nil || len(seen) != many || batches < 2 {
			t.Errorf("got %d verifications in %d batches, %v; want %d in some", len(seen), batches, err, many)
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
