package storetest_test

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/support"
)

func newTicket(accountID string, now time.Time) support.Ticket {
	return support.Ticket{
		ID: id("tkt_"), Code: id("T-")[:12], AccountID: accountID,
		Context: support.Context{
			Channel: "alipay", DocumentType: "resident_id", Failure: "face_differs", Purpose: "access", Language: "zh-Hans",
		},
		State: support.Open, CreatedAt: now, ExpiresAt: now.Add(support.TicketLife),
	}
}

func (k *kit) ticket(t *testing.T, user string) support.Ticket {
	t.Helper()
	got, err := k.store.OpenTicket(t.Context(), newTicket(k.login(t, user).Account.ID, k.now))
	if err != nil || !got.Created {
		t.Fatalf("got %t, %v", got.Created, err)
	}
	return got.Ticket
}

func TestTicket_IsOnePerAccountWhoeverAsks(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		account := k.login(t, "u").Account.ID
		var racing sync.WaitGroup
		var opened atomic.Int32
		for i := range 6 {
			s := []*store.Store{k.store, k.replica}[i%2]
			racing.Go(func() {
				got, err := s.OpenTicket(t.Context(), newTicket(account, k.now))
				if err != nil {
					t.Error(err)
				}
				if got.Created {
					opened.Add(1)
				}
			})
		}
		racing.Wait()
		if n := k.count(t, "SELECT COUNT(*) FROM support_tickets"); opened.Load() != 1 || n != 1 {
			t.Errorf("opened %d, stored %d, want one", opened.Load(), n)
		}
	})
}

func TestTicket_IsItsAccountsOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		mine, other := k.ticket(t, "u"), k.ticket(t, "v")
		got, err := k.replica.Ticket(t.Context(), mine.AccountID, mine.ID, k.now)
		if err != nil || got != mine {
			t.Errorf("got %+v, %v, want %+v", got, err, mine)
		}
		_, err = k.store.Ticket(t.Context(), mine.AccountID, other.ID, k.now)
		wantError(t, err, support.ErrNotFound)
		_, err = k.store.Ticket(t.Context(), mine.AccountID, mine.ID, mine.ExpiresAt)
		wantError(t, err, support.ErrNotFound)
	})
}

func TestTicket_ChangesItsContextSoOftenOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		first := k.ticket(t, "u")
		again := newTicket(first.AccountID, k.now)
		for n := range support.MaxChanges + 3 {
			again.Failure = []string{"card_differs", "face_quality"}[n%2]
			got, err := k.store.OpenTicket(t.Context(), again)
			if err != nil || got.Created || got.ID != first.ID || got.Code != first.Code {
				t.Fatalf("got %+v, %t, %v", got, got.Created, err)
			}
			if want := n < support.MaxChanges; (got.Failure == again.Failure) != want && n != support.MaxChanges+1 {
				t.Errorf("change %d: got %s", n, got.Failure)
			}
		}
		if n := k.count(t, "SELECT changes FROM support_tickets"); n != support.MaxChanges {
			t.Errorf("got %d changes", n)
		}
		later := newTicket(first.AccountID, first.ExpiresAt)
		if got, err := k.store.OpenTicket(t.Context(), later); err != nil || !got.Created || got.ID != later.ID {
			t.Errorf("after its end: got %+v, %t, %v", got, got.Created, err)
		}
	})
}

func TestTicket_IsAttachedToWhoBroughtIt(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		first, second := k.ticket(t, "u"), k.ticket(t, "v")
		person, stranger := identity.NewSecret("oServ-1"), identity.NewSecret("oServ-2")
		_, err := k.store.AttachedTicket(t.Context(), person, k.now)
		wantError(t, err, support.ErrNotFound)
		bring := func(reference string, at time.Time) support.Ticket {
			t.Helper()
			got, failed := k.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: reference, At: at, Now: k.now})
			if failed != nil {
				t.Fatal(failed)
			}
			return got
		}
		if got := bring(first.ID, k.now); got.State != support.Attached || got.ID != first.ID {
			t.Errorf("got %+v", got)
		}
		bring(second.Code, k.now.Add(time.Minute))
		bring(first.ID, k.now) // the first scan comes again, late
		if got, failed := k.replica.AttachedTicket(t.Context(), person, k.now); failed != nil || got.ID != second.ID {
			t.Errorf("got %+v, %v, want the second", got, failed)
		}
		_, err = k.store.AttachedTicket(t.Context(), stranger, k.now)
		wantError(t, err, support.ErrNotFound)
		for _, none := range []string{"tkt_none", "T-0000-0000", ""} {
			_, err = k.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: none, At: k.now, Now: k.now})
			wantError(t, err, support.ErrNotFound)
		}
		_, err = k.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: first.ID, At: k.now, Now: first.ExpiresAt})
		wantError(t, err, support.ErrNotFound)
	})
}

func TestTicket_HandOverMarksTheOneThatWasBrought(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		mine, other := k.ticket(t, "u"), k.ticket(t, "v")
		person := identity.NewSecret("oServ-1")
		if err := k.store.HandOver(t.Context(), person, k.now); err != nil {
			t.Fatal(err)
		}
		if _, err := k.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: mine.ID, At: k.now, Now: k.now}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := k.store.HandOver(t.Context(), person, k.now); err != nil {
				t.Fatal(err)
			}
		}
		for want, ticket := range map[support.State]support.Ticket{support.HandedOver: mine, support.Open: other} {
			if got, err := k.store.Ticket(t.Context(), ticket.AccountID, ticket.ID, k.now); err != nil || got.State != want {
				t.Errorf("got %s, %v, want %s", got.State, err, want)
			}
		}
	})
}

func TestMessage_IsAnsweredOnceByAnyReplica(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		var racing sync.WaitGroup
		var answers atomic.Int32
		message := id("") + id("") + "00000000"
		for i := range 8 {
			s := []*store.Store{k.store, k.replica}[i%2]
			racing.Go(func() {
				first, err := s.AnswerMessage(t.Context(), message, k.now)
				if err != nil {
					t.Error(err)
				}
				if first {
					answers.Add(1)
				}
			})
		}
		racing.Wait()
		if answers.Load() != 1 {
			t.Errorf("answered %d times, want once", answers.Load())
		}
	})
}

func TestQRCode_IsMadeByOneAtATimeAndShared(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, err := k.store.QRCode(t.Context(), "scene", k.now)
		wantError(t, err, support.ErrNotFound)
		var racing sync.WaitGroup
		var makers atomic.Int32
		for i := range 8 {
			s := []*store.Store{k.store, k.replica}[i%2]
			racing.Go(func() {
				mine, failed := s.ReserveQRCode(t.Context(), "scene", k.now, k.now.Add(time.Minute))
				if failed != nil {
					t.Error(failed)
				}
				if mine {
					makers.Add(1)
				}
			})
		}
		racing.Wait()
		if makers.Load() != 1 {
			t.Fatalf("got %d makers, want one", makers.Load())
		}
		_, err = k.store.QRCode(t.Context(), "scene", k.now) // reserved is not made
		wantError(t, err, support.ErrNotFound)
		want := support.QRCode{Picture: []byte{1, 0, 255}, ExpiresAt: k.now.Add(time.Hour)}
		if err = k.store.PutQRCode(t.Context(), "scene", want); err != nil {
			t.Fatal(err)
		}
		got, err := k.replica.QRCode(t.Context(), "scene", k.now)
		if err != nil || !bytes.Equal(got.Picture, want.Picture) || !got.ExpiresAt.Equal(want.ExpiresAt) {
			t.Errorf("got %v, %v", got, err)
		}
		_, err = k.store.QRCode(t.Context(), "scene", want.ExpiresAt)
		wantError(t, err, support.ErrNotFound)
		if mine, err := k.store.ReserveQRCode(t.Context(), "scene", k.now, k.now.Add(time.Minute)); err != nil || !mine {
			t.Errorf("once made: got %t, %v", mine, err)
		}
	})
}

func TestPurgeSupport_TakesWhatIsOver(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ticket := k.ticket(t, "u")
		if _, err := k.store.AttachTicket(t.Context(), support.Attachment{Person: identity.NewSecret("o"), Reference: ticket.ID, At: k.now, Now: k.now}); err != nil {
			t.Fatal(err)
		}
		if _, err := k.store.AnswerMessage(t.Context(), "m", k.now); err != nil {
			t.Fatal(err)
		}
		if _, err := k.store.ReserveQRCode(t.Context(), ticket.ID, k.now, k.now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		purge := func(now time.Time, want int) {
			t.Helper()
			if got, err := k.store.PurgeSupport(t.Context(), now, 10); err != nil || got != want {
				t.Errorf("at %s: got %d, %v, want %d", now.Sub(k.now), got, err, want)
			}
		}
		purge(k.now, 0)
		purge(k.now.Add(time.Minute), 1)   // the code that nobody made
		purge(k.now.Add(24*time.Hour), 1)  // the message
		purge(ticket.ExpiresAt.Add(-1), 0) // it lives
		purge(ticket.ExpiresAt, 2)         // the ticket and who brought it
	})
}
