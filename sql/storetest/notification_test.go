package storetest_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/todo"
)

// Template is that of the fixture's channel.
func (*todoFixture) Template() string { return "template" }

// Notification is the channel's end of notifications.
func (f *todoFixture) Notify(_ context.Context, a todo.Notification) error {
	f.mailbox.Lock()
	defer f.mailbox.Unlock()
	if f.deaf == nil {
		f.told = append(f.told, a)
	}
	return f.deaf
}

func TestNotification_OneForEachAgreementAndCase(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			v := f.signIn(t, zhang)
			for want := 1; want <= 2; want++ {
				agreed := must[todo.Notifications](t)(f.rules[want-1].AgreeToNotification(t.Context(), v, "alipay"))
				if agreed.Left != want || agreed.Template != "template" {
					t.Fatalf("got %+v, want %d left", agreed, want)
				}
			}
			f.open(t, li)               // concerns nobody who agreed
			f.open(t, zhang, zhang, li) // two roles of one person
			f.sendAll(t)
			if len(f.told) != 1 || f.told[0].Registry != "测试市监局" || f.told[0].To.User.Reveal() != "user "+v.SessionID[len("ses_"):] {
				t.Fatalf("got %+v, want one notification to the person", f.told)
			}
			f.open(t, zhang)
			f.open(t, zhang) // no agreement is left for this one
			f.sendAll(t)
			left := must[todo.Notifications](t)(f.rules[0].NotificationsOf(t.Context(), v, "alipay"))
			if len(f.told) != 2 || left.Left != 0 {
				t.Errorf("got %d notifications, %d left; want two and none", len(f.told), left.Left)
			}
		})
	}
}

func TestNotification_GoesToNobodyElse(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			v := f.signIn(t, zhang)
			stranger := f.signIn(t, f.document(t, "李四"))
			stranger.GrantID, stranger.SubjectID = v.GrantID, v.SubjectID // another session's grant
			_, err := f.rules[0].AgreeToNotification(t.Context(), stranger, "alipay")
			if !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("got %v, want not found", err)
			}
			if _, err = f.rules[0].AgreeToNotification(t.Context(), v, "web"); !errors.Is(err, todo.ErrNoNotifications) {
				t.Errorf("got %v, want no notifications in that channel", err)
			}
			must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			elsewhere := must[todo.Notifications](t)(f.rules[0].NotificationsOf(t.Context(), f.signIn(t, zhang), "alipay"))
			if elsewhere.Left != 0 {
				t.Errorf("got %d agreements of the same person's other account", elsewhere.Left)
			}
			opened := f.open(t, zhang)
			if err = f.rules[1].EndNotifications(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			f.sendAll(t)
			if len(f.told) != 0 {
				t.Errorf("got a notification of %s that was taken back", opened[0].ID)
			}
		})
	}
}

// An agreement of before is no leave for another one: each needs the grant.
func TestNotification_IsAgreedToUnderALiveGrantOnly(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v := f.signIn(t, f.document(t, "张三"))
			must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			f.later.Add(int64(31 * 24 * time.Hour)) // the fixture makes longer grants than the server
			if _, err := f.rules[1].AgreeToNotification(t.Context(), v, "alipay"); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("got %v after the grant's end, want not found", err)
			}
			left := must[todo.Notifications](t)(f.rules[0].NotificationsOf(t.Context(), v, "alipay"))
			if left.Left != 0 {
				t.Errorf("got %d agreements shown after the grant's end", left.Left)
			}
		})
	}
}

func TestNotification_IsTriedAgainButNotForEver(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			v := f.signIn(t, zhang)
			for range 3 {
				must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			}
			f.deaf = errors.New("no answer")
			f.open(t, zhang)
			tries := 0
			for range 12 {
				tries += f.sendAll(t)
				f.later.Add(int64(20 * time.Minute))
			}
			if tries != 5 {
				t.Errorf("got %d tries, want 5", tries)
			}
			f.deaf = todo.ErrNotAgreed
			f.open(t, zhang)
			if first, second := f.sendAll(t), f.sendAll(t); first != 1 || second != 0 {
				t.Errorf("got %d and %d tries of what was not agreed to, want one", first, second)
			}
			f.deaf = nil
			answered := f.open(t, zhang)[0]
			shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, answered.ID))
			if _, err := f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, shown)); err != nil {
				t.Fatal(err)
			}
			if f.sendAll(t); len(f.told) != 0 {
				t.Error("the person was told of a todo that they have answered")
			}
		})
	}
}

// An account that acts for two persons of one case is notified once, by one of the agreements.
func TestNotification_UsesOneAgreementOfAnAccount(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			both := []todo.Viewer{f.signIn(t, zhang), f.signIn(t, li)}
			both[1].AccountID = both[0].AccountID
			for _, v := range both {
				must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			}
			f.open(t, zhang, li)
			f.sendAll(t)
			left := 0
			for _, v := range both {
				left += must[todo.Notifications](t)(f.rules[0].NotificationsOf(t.Context(), v, "alipay")).Left
			}
			if len(f.told) != 1 || left != 1 {
				t.Errorf("got %d notifications and %d agreements left, want one of each", len(f.told), left)
			}
		})
	}
}

// A message to an erased account is not sent, and does not delay other messages.
func TestNotification_IsNotSentToAnErasedAccount(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			erased, kept := f.signIn(t, zhang), f.signIn(t, zhang)
			for _, v := range []todo.Viewer{erased, kept} {
				must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			}
			f.open(t, zhang)
			if _, err := (&fixture{dsn: f.dsn}).raw(t).ExecContext(t.Context(), "DELETE FROM data_keys WHERE owner_id = ?", erased.AccountID); err != nil {
				t.Fatal(err)
			}
			f.sendAll(t)
			if len(f.told) != 1 || f.told[0].To.User.Reveal() != "user "+kept.SessionID[len("ses_"):] {
				t.Errorf("got %+v, want one notification to the other account", f.told)
			}
		})
	}
}

// TestReminder_OnceADayBeforeTheEnd reminds of what is open, as long as an agreement is left.
func TestReminder_OnceADayBeforeTheEnd(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			f.open(t, zhang, li, zhang) // before anybody agreed to be told
			v := f.signIn(t, zhang)
			must[todo.Notifications](t)(f.rules[0].AgreeToNotification(t.Context(), v, "alipay"))
			reminds := func(replica, want int) {
				t.Helper()
				if n := must[int](t)(f.rules[replica].Remind(t.Context())); n != want {
					t.Errorf("after %v: got %d reminders, want %d", time.Duration(f.later.Load()), n, want)
				}
			}
			f.later.Store(int64(todo.Window - 24*time.Hour - time.Millisecond))
			reminds(0, 0)
			f.later.Store(int64(todo.Window - 24*time.Hour))
			reminds(0, 1)
			reminds(1, 0)
			f.sendAll(t)
			if len(f.told) != 1 || !f.told[0].ExpiresAt.Equal(storetest.Now().Add(todo.Window)) {
				t.Errorf("got %+v, want one reminder with the end of the seven days", f.told)
			}
			f.open(t, zhang) // nobody has an agreement left
			f.later.Store(int64(2*todo.Window - 36*time.Hour))
			reminds(0, 0)
		})
	}
}

// sendAll lets both replicas send at once and returns how many messages they took up.
func (f *todoFixture) sendAll(t *testing.T) int {
	t.Helper()
	var working sync.WaitGroup
	taken := make([]int, len(f.rules))
	for i, rules := range f.rules {
		working.Go(func() {
			var err error
			if taken[i], err = rules.SendNotifications(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	working.Wait()
	return taken[0] + taken[1]
}
