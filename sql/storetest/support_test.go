package storetest_test

import (
	"bytes"
	"strings"
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

func (f *fixture) ticket(t *testing.T, user string) support.Ticket {
	t.Helper()
	got, err := f.store.OpenTicket(t.Context(), newTicket(f.login(t, user).Account.ID, f.now))
	if err != nil || !got.Created {
		t.Fatalf("got %t, %v", got.Created, err)
	}
	return got.Ticket
}

func TestTicket_IsOnePerAccountWhoeverAsks(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account := f.login(t, "u").Account.ID
		var racing sync.WaitGroup
		var opened atomic.Int32
		for i := range 6 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				got, err := s.OpenTicket(t.Context(), newTicket(account, f.now))
				if err != nil {
					t.Error(err)
				}
				if got.Created {
					opened.Add(1)
				}
			})
		}
		racing.Wait()
		if n := f.count(t, "SELECT COUNT(*) FROM support_tickets"); opened.Load() != 1 || n != 1 {
			t.Errorf("opened %d, stored %d, want one", opened.Load(), n)
		}
	})
}

func TestTicket_IsItsAccountsOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		mine, other := f.ticket(t, "u"), f.ticket(t, "v")
		got, err := f.replica.Ticket(t.Context(), mine.AccountID, mine.ID, f.now)
		if err != nil || got != mine {
			t.Errorf("got %+v, %v, want %+v", got, err, mine)
		}
		_, err = f.store.Ticket(t.Context(), mine.AccountID, other.ID, f.now)
		wantError(t, err, support.ErrNotFound)
		_, err = f.store.Ticket(t.Context(), mine.AccountID, mine.ID, mine.ExpiresAt)
		wantError(t, err, support.ErrNotFound)
	})
}

func TestTicket_ChangesItsContextSoOftenOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first := f.ticket(t, "u")
		again := newTicket(first.AccountID, f.now)
		for n := range support.MaxChanges + 3 {
			again.Failure = []string{"card_differs", "face_quality"}[n%2]
			got, err := f.store.OpenTicket(t.Context(), again)
			if err != nil || got.Created || got.ID != first.ID || got.Code != first.Code {
				t.Fatalf("got %+v, %t, %v", got, got.Created, err)
			}
			if want := n < support.MaxChanges; (got.Failure == again.Failure) != want && n != support.MaxChanges+1 {
				t.Errorf("change %d: got %s", n, got.Failure)
			}
		}
		if n := f.count(t, "SELECT changes FROM support_tickets"); n != support.MaxChanges {
			t.Errorf("got %d changes", n)
		}
		later := newTicket(first.AccountID, first.ExpiresAt)
		if got, err := f.store.OpenTicket(t.Context(), later); err != nil || !got.Created || got.ID != later.ID {
			t.Errorf("after its end: got %+v, %t, %v", got, got.Created, err)
		}
	})
}

func TestTicket_IsAttachedToWhoBroughtIt(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first, second := f.ticket(t, "u"), f.ticket(t, "v")
		person, stranger := identity.NewSecret("oServ-1"), identity.NewSecret("oServ-2")
		_, err := f.store.AttachedTicket(t.Context(), person, f.now)
		wantError(t, err, support.ErrNotFound)
		bring := func(reference string, at time.Time) support.Ticket {
			t.Helper()
			got, failed := f.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: reference, At: at, Now: f.now})
			if failed != nil {
				t.Fatal(failed)
			}
			return got
		}
		if got := bring(first.ID, f.now); got.State != support.Attached || got.ID != first.ID {
			t.Errorf("got %+v", got)
		}
		bring(second.Code, f.now.Add(time.Minute))
		bring(first.ID, f.now) // the first scan comes again, late
		if got, failed := f.replica.AttachedTicket(t.Context(), person, f.now); failed != nil || got.ID != second.ID {
			t.Errorf("got %+v, %v, want the second", got, failed)
		}
		_, err = f.store.AttachedTicket(t.Context(), stranger, f.now)
		wantError(t, err, support.ErrNotFound)
		for _, none := range []string{"tkt_none", "T-0000-0000", ""} {
			_, err = f.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: none, At: f.now, Now: f.now})
			wantError(t, err, support.ErrNotFound)
		}
		_, err = f.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: first.ID, At: f.now, Now: first.ExpiresAt})
		wantError(t, err, support.ErrNotFound)
	})
}

func TestTicket_HandOverMarksTheOneThatWasBrought(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		mine, other := f.ticket(t, "u"), f.ticket(t, "v")
		person := identity.NewSecret("oServ-1")
		if err := f.store.HandOver(t.Context(), person, f.now); err != nil {
			t.Fatal(err)
		}
		if _, err := f.store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: mine.ID, At: f.now, Now: f.now}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := f.store.HandOver(t.Context(), person, f.now); err != nil {
				t.Fatal(err)
			}
		}
		for want, ticket := range map[support.State]support.Ticket{support.HandedOver: mine, support.Open: other} {
			if got, err := f.store.Ticket(t.Context(), ticket.AccountID, ticket.ID, f.now); err != nil || got.State != want {
				t.Errorf("got %s, %v, want %s", got.State, err, want)
			}
		}
	})
}

func TestMessage_IsAnsweredOnceByAnyReplica(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		var racing sync.WaitGroup
		var answers atomic.Int32
		message := id("") + id("") + "00000000"
		for i := range 8 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				first, err := s.AnswerMessage(t.Context(), message, f.now)
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
	onEach(t, func(f *fixture) {
		t := f.t
		_, err := f.store.QRCode(t.Context(), "scene", f.now)
		wantError(t, err, support.ErrNotFound)
		var racing sync.WaitGroup
		var makers atomic.Int32
		for i := range 8 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				mine, failed := s.ReserveQRCode(t.Context(), "scene", f.now, f.now.Add(time.Minute))
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
		_, err = f.store.QRCode(t.Context(), "scene", f.now) // reserved is not made
		wantError(t, err, support.ErrNotFound)
		want := support.QRCode{Picture: []byte{1, 0, 255}, ExpiresAt: f.now.Add(time.Hour)}
		if err = f.store.PutQRCode(t.Context(), "scene", want); err != nil {
			t.Fatal(err)
		}
		got, err := f.replica.QRCode(t.Context(), "scene", f.now)
		if err != nil || !bytes.Equal(got.Picture, want.Picture) || !got.ExpiresAt.Equal(want.ExpiresAt) {
			t.Errorf("got %v, %v", got, err)
		}
		_, err = f.store.QRCode(t.Context(), "scene", want.ExpiresAt)
		wantError(t, err, support.ErrNotFound)
		if mine, err := f.store.ReserveQRCode(t.Context(), "scene", f.now, f.now.Add(time.Minute)); err != nil || !mine {
			t.Errorf("once made: got %t, %v", mine, err)
		}
	})
}

func TestPurgeSupport_TakesWhatIsOver(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ticket := f.ticket(t, "u")
		if _, err := f.store.AttachTicket(t.Context(), support.Attachment{Person: identity.NewSecret("o"), Reference: ticket.ID, At: f.now, Now: f.now}); err != nil {
			t.Fatal(err)
		}
		if _, err := f.store.AnswerMessage(t.Context(), "m", f.now); err != nil {
			t.Fatal(err)
		}
		if _, err := f.store.ReserveQRCode(t.Context(), ticket.ID, f.now, f.now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		purge := func(now time.Time, want int) {
			t.Helper()
			got := 0
			for class, rows := range purgeAt(t, f.store, now) {
				if strings.HasPrefix(string(class), "support_") {
					got += rows
				}
			}
			if got != want {
				t.Errorf("at %s: got %d, want %d", now.Sub(f.now), got, want)
			}
		}
		purge(f.now, 0)
		purge(f.now.Add(time.Minute), 1)   // the code that nobody made
		purge(f.now.Add(24*time.Hour), 1)  // the message
		purge(ticket.ExpiresAt.Add(-1), 0) // it lives
		purge(ticket.ExpiresAt, 2)         // the ticket and who brought it
	})
}
