package storetest_test

import (
	"slices"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/subscriber"
	"renzheng/todo"
	"renzheng/verification"
)

// recovered begins an epoch on a store and voids what was before.
func recovered(t *testing.T, s *store.Store, now time.Time) store.Epoch {
	t.Helper()
	epoch := must[store.Epoch](t)(s.BeginEpoch(t.Context(), store.Epoch{}, "", now))
	if err := s.VoidBefore(t.Context(), now, func(string, int) {}); err != nil {
		t.Fatal(err)
	}
	return epoch
}

// Each of these lets somebody do something, or says that something was done, and was perhaps ended since the backup.
func TestRecover_VoidsEverythingOfBefore(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, _ := f.granted(t, "u", bob(t))
		consent := f.agreesToOwnerCheck(t, ses)
		waiting := f.login(t, "another")
		f.consent(t, waiting)
		unaccepted := f.access(t, waiting, ann(t))
		f.pass(t, unaccepted)
		idempotency := session.Idempotency{Principal: "acc_1", Route: "start", Key: "0123456789abcdef", Body: []byte("{}")}
		prepare := []error{
			f.store.BeginOwnerCheck(ctx, ses.ID, "own_1", f.now.Add(time.Minute), f.now),
			f.store.PutPrefill(ctx, session.Prefill{SessionID: ses.ID, AccountID: ses.Account.ID, Document: ann(t), Until: f.now.Add(time.Minute)}),
			f.store.UseNonce(ctx, "key", "nonce", f.now.Add(time.Minute), f.now),
			f.store.PutToken(ctx, "wechat", store.Token{Value: identity.NewSecret("first"), ExpiresAt: f.now.Add(time.Hour)}),
		}
		if must[*session.Answer](t)(f.store.Begin(ctx, idempotency, f.now)) != nil {
			t.Fatal("got an answer, want the claim")
		}
		prepare = append(prepare, f.store.Finish(ctx, idempotency, session.Answer{Status: 201}, f.now))
		must[bool](t)(f.store.Lease(ctx, "sequence", "lost replica", f.now, f.now.Add(time.Hour)))
		ticket := f.ticket(t, "third")
		code := newCode(t, subscriber.ToRegister, "13800138000", f.now)
		prepare = append(prepare, f.store.ReserveCode(ctx, code))
		for _, err := range prepare {
			if err != nil {
				t.Fatal(err)
			}
		}

		for range 2 { // as when it was interrupted
			recovered(t, f.store, f.now)
		}

		f.wantNoSessions(t, ses, waiting)
		if _, err := f.replica.Accept(ctx, f.acceptance(unaccepted)); err == nil {
			t.Error("a verification of before is accepted")
		}
		wantError(t, f.replica.TakeOwnerCheck(ctx, ses, "own_1", consent, f.now), session.ErrNotFound)
		wantError(t, f.replica.Register(ctx, code.Use, aSubscriber(t, "13800138000", f.now)), subscriber.ErrCodeGone)
		_, err := f.replica.Prefill(ctx, ses.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		if answer, err := f.replica.Begin(ctx, idempotency, f.now); answer != nil || err != nil {
			t.Errorf("an idempotency key: got %v, %v, want a new claim", answer, err)
		}
		if held, err := f.replica.Lease(ctx, "sequence", "new replica", f.now, f.now.Add(time.Hour)); err != nil || !held {
			t.Errorf("a lease: got %t, %v, want it", held, err)
		}
		if got, err := f.replica.Token(ctx, "wechat"); err != nil || got != (store.Token{}) {
			t.Error("the token of a third party is still there")
		}
		for what, n := range map[string]int{
			"support tickets": f.count(t, "SELECT COUNT(*) FROM support_tickets WHERE id = ?", ticket.ID),
			"nonces":          f.count(t, "SELECT COUNT(*) FROM nonces"), // requests of before are rejected by their time
		} {
			if n > 0 {
				t.Errorf("got %d %s", n, what)
			}
		}
	})
}

// wantNoSessions checks that tokens of before open nothing, and that no grant goes on.
func (f *fixture) wantNoSessions(t *testing.T, sessions ...session.Session) {
	t.Helper()
	for _, of := range sessions {
		if _, err := f.replica.FindSession(t.Context(), token(of.ID), f.now); err == nil {
			t.Errorf("session %s is found", of.ID)
		}
	}
	if n := f.count(t, "SELECT COUNT(*) FROM grants WHERE ended_at = 0"); n > 0 {
		t.Errorf("got %d grants that go on", n)
	}
}

// An attempt that reached its provider is asked for, whatever voids its verification (R63).
func TestRecover_LeavesUndecidedAttemptsToTheWorker(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		f.consent(t, ses)
		r := f.reserve(t, f.access(t, ses, bob(t)))
		r.Attempt.ProviderID = "certify-1"
		if err := f.store.Attach(t.Context(), r.Attempt); err != nil {
			t.Fatal(err)
		}
		recovered(t, f.store, f.now)
		due := must[[]verification.Pending](t)(f.replica.Unsettled(t.Context(), f.now, 10))
		if len(due) != 1 || due[0].Attempt.ID != r.Attempt.ID {
			t.Errorf("got %d attempts that are due, want the one that the provider knows", len(due))
		}
	})
}

func TestRecover_VoidsInvitations(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			opened := f.open(t, zhang)
			invitation := f.invite(t, opened[0])
			recovered(t, f.replicas[0], f.now())
			f.leadsNowhere(t, "of before", f.signIn(t, zhang), invitation)
			again := f.invite(t, opened[0])
			if got, err := f.rules[1].Invited(t.Context(), f.signIn(t, zhang), again.Code.Reveal()); err != nil || got != opened[0].ID {
				t.Errorf("a new one: got %q, %v", got, err)
			}
		})
	}
}

// Positions that were given since the backup are not known. None of them is given to another event, of no registry.
func TestRecover_LeavesAGapInTheFeedsAndAnnouncesAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.expireMany(t, 3)
			f.deliverAll(t)
			before := f.feed(t, "sd")
			f.posted = nil
			now := f.now()

			epoch := recovered(t, f.replicas[0], now)
			if again := recovered(t, f.replicas[0], now); !again.Same(epoch) || epoch.Number != 2 {
				t.Errorf("got epochs %d and %d, want one that goes on", epoch.Number, again.Number)
			}
			if n := must[int64](t)(f.replicas[0].AnnounceAgain(t.Context(), now.Add(time.Hour), now)); n != 0 {
				t.Errorf("got %d events since a later time", n)
			}
			if n := must[int64](t)(f.replicas[0].AnnounceAgain(t.Context(), now.Add(-time.Hour), now)); int(n) != len(before) {
				t.Errorf("got %d events announced again, want %d", n, len(before))
			}
			if err := f.replicas[0].EndEpoch(t.Context(), epoch); err != nil {
				t.Fatal(err)
			}
			f.deliverAll(t)
			ids := []string{}
			for _, e := range before {
				ids = append(ids, e.ID)
			}
			slices.Sort(ids)
			slices.Sort(f.posted)
			if !slices.Equal(f.posted, ids) {
				t.Errorf("got %v pushed again, want %v", f.posted, ids)
			}
			f.open(t, f.document(t, "李四"))
			f.expireMany(t, 2)
			after := f.feed(t, "sd")
			for i, e := range before {
				if after[i].ID != e.ID || after[i].Position != e.Position {
					t.Errorf("got event %s at %d, want %s at %d", after[i].ID, after[i].Position, e.ID, e.Position)
				}
			}
			for i, e := range after[len(before):] {
				if want := int64(1_000_000_001 + i); e.Position != want {
					t.Errorf("got position %d after the restore, want %d", e.Position, want)
				}
			}
			if len(after) == len(before) {
				t.Error("got no event after the restore")
			}
		})
	}
}

// A registry that has no feed in the copy may have had one since.
func TestRecover_BeginsTheFeedOfANewRegistryInItsEpoch(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			recovered(t, f.replicas[0], f.now())
			f.expireMany(t, 1)
			if got := f.feed(t, "sd"); len(got) != 1 || got[0].Position != 1_000_000_001 {
				t.Errorf("got %v, want one event at the first position of the epoch", got)
			}
		})
	}
}

func TestRecover_BeginsAnEpochAfterAllThatAreKnown(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		begin := func(seen int64) store.Epoch {
			t.Helper()
			e := must[store.Epoch](t)(f.store.BeginEpoch(t.Context(), store.Epoch{Number: seen}, "digest", f.now))
			if err := f.store.EndEpoch(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			return must[store.Epoch](t)(f.replica.Epoch(t.Context()))
		}
		before := must[store.Epoch](t)(f.store.Epoch(t.Context()))
		want := store.Epoch{Number: 8, BeganAt: f.now, State: store.EpochLive, Backup: "digest", Database: before.Database}
		if got := begin(7); got != want || got.Database == "" {
			t.Errorf("got %v, want %v", got, want)
		}
		if got := begin(7); got.Number != 9 {
			t.Errorf("got %d, want 9", got.Number)
		}
	})
}

// A fenced store changes nothing and says that the database cannot be used.
func TestFence_RejectsEveryChange(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		f.store.Fence(store.ErrNotLive)
		_, opening := f.store.OpenSession(t.Context(), newSession("v", f.now))
		for what, err := range map[string]error{
			"opening": opening, "closing": f.store.CloseSession(t.Context(), ses.ID, f.now), "readiness": f.store.Usable(t.Context()),
		} {
			wantError(t, err, store.ErrFenced)
			if !store.Away(err) {
				t.Errorf("%s: %v is not the database's absence", what, err)
			}
		}
		if _, err := f.replica.OpenSession(t.Context(), newSession("v", f.now)); err != nil {
			t.Errorf("another server: %v", err)
		}
	})
}

// feed returns all events of a registry.
func (f *todoFixture) feed(t *testing.T, registry string) []todo.Event {
	t.Helper()
	return must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), registry, 0, todo.MaxFeed))
}

// deliverAll pushes what is due.
func (f *todoFixture) deliverAll(t *testing.T) {
	t.Helper()
	for range 10 {
		must[int](t)(f.rules[0].Deliver(t.Context(), "sd"))
	}
}
