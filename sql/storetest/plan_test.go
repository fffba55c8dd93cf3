package storetest_test

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// TestStatements_FindTheirRows holds what runs for every request and every worker to indexes: a table that is read
// from end to end is slow only once it is large, and then for everybody.
func TestStatements_FindTheirRows(t *testing.T) {
	t.Parallel()
	seen := &statementLog{texts: map[string]bool{}}
	f := &fixture{t: t, dsn: storetest.Engines(t)[0].New(t), now: storetest.Now()}
	todos := &todoFixture{ring: storetest.NewRing(t), later: &atomic.Int64{}}
	storetest.OpenOn(t, f.dsn, todos.ring)
	s, err := store.Open(t.Context(), store.Config{
		DSN: f.dsn, Ring: todos.ring, Clock: storetest.Now, Rand: rand.Reader,
		Wrap: func(c driver.Connector) driver.Connector { return loggingConnector{c, seen} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.AnnounceProgress(func() []string { return []string{"sd"} })
	todos.replicas, todos.rules = append(todos.replicas, s), append(todos.rules, todos.newRules(s))
	f.store, f.replica = s, s

	short := []string{
		"SCAN prefills",                                                                                   // each goes after ten minutes
		"SCAN feeds",                                                                                      // a row for each registry
		"SCAN h", "SCAN h USING COVERING INDEX legal_holds_owner", "SCAN h USING INDEX legal_holds_owner", // legal holds are few
		"SCAN erasures USING INDEX erasures_requested", // ends after as many rows as a page has
		"SCAN m", "SCAN CONSTANT ROW", // the parameter that names a member's own document
		"SCAN bounded", // rows of a subquery with a LIMIT
		"SCAN portraits USING COVERING INDEX portraits_subject", // up to 100,001 persons
	}
	everything(t, f, todos)
	for text := range seen.texts {
		for _, step := range f.plan(t, text) {
			if strings.HasPrefix(step, "SCAN ") && !slices.Contains(short, step) {
				t.Errorf("%s in\n%s", step, text)
			}
		}
	}
}

// everything does what persons, registries and workers do.
func everything(t *testing.T, f *fixture, todos *todoFixture) {
	t.Helper()
	rules, ctx := todos.rules[0], t.Context()
	zhang := todos.document(t, "张三")
	v, r := todos.ready(t, zhang)
	c, err := rules.ConfirmTodo(ctx, v, r)
	if err != nil {
		t.Fatal(err)
	}
	must[todo.Listing](t)(rules.List(ctx, v, todo.Page{}))
	must[todo.Records](t)(rules.ListConfirmations(ctx, v, todo.Page{}))
	must[todo.Confirmation](t)(rules.GetConfirmation(ctx, v, c.ID))
	for _, work := range []func(context.Context) (int, error){rules.Expire, rules.Sequence, func(ctx context.Context) (int, error) { return rules.Deliver(ctx, "sd") }, rules.AnnouncePortraits, retaining(todos.replicas[0], todos.now, nil).Purge} {
		must[int](t)(work(ctx))
	}
	must[todo.Evidence](t)(rules.GetEvidence(ctx, answerOf(c.Confirmation)))
	must[todo.Case](t)(rules.GetCase(ctx, "sd", c.CaseID))
	must[todo.CaseListing](t)(rules.ListCases(ctx, todo.CaseQuery{RegistryID: "sd"}))
	must[todo.CaseListing](t)(rules.ListCases(ctx, todo.CaseQuery{RegistryID: "sd", Prefix: "case"}))
	must[[]todo.Event](t)(rules.ListFeed(ctx, "sd", 0, 0))
	must[string](t)(rules.Invited(ctx, v, todos.invite(t, todos.open(t, zhang)[0]).Code.Reveal()))
	must[[]policy.Purpose](t)(todos.replicas[0].ExpireVerifications(ctx, f.now, 1))
	must[[]store.EventState](t)(todos.replicas[0].ListEvents(ctx, store.EventFilter{States: []todo.DeliveryState{todo.DeliveryDead}, Limit: 1}))
	must[[]store.SessionTrace](t)(todos.replicas[0].TraceSessions(ctx, "ses_"))
	must[store.Backlog](t)(todos.replicas[0].Backlog(ctx, []string{"sd", "js"}, f.now))
	must[[]verification.Pending](t)(todos.replicas[0].Unsettled(ctx, f.now.Add(time.Hour), 1))

	supports(t, f)
	books(t, f)
	f.registered(t, "13800138009")
	if err := f.signsIn(t, f.store, "13800138009", f.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := f.store.ReserveCode(ctx, newCode(t, subscriber.ToSignIn, "13800138008", f.now)); err != nil {
		t.Fatal(err)
	}
	ses, _ := f.granted(t, "u", ann(t))
	f.worksOn(t, ses)
	must[verification.Withdrawn](t)(f.store.WithdrawConsent(ctx, ses.Account.ID, f.consent(t, ses).ID, f.now))
	if err := f.store.CloseSession(ctx, ses.ID, f.now); err != nil {
		t.Fatal(err)
	}
}

// books books times, comes, is called and stays away.
func books(t *testing.T, f *fixture) {
	t.Helper()
	ctx, slot := t.Context(), slotIn(f.now, time.Minute)
	n := f.arrived(t, "comes", slot)
	now := slot.StartsAt
	must[int](t)(f.store.Before(ctx, n, now))
	called := must[appointment.Number](t)(f.store.CallNext(ctx, callAt(now)))
	must[appointment.Number](t)(f.store.EndNumber(ctx, ending(called, appointment.Absent, now)))
	must[appointment.Number](t)(f.store.CallAgain(ctx, n.ID, callAt(now)))
	must[appointment.Missing](t)(f.store.MissedOf(ctx, n.AccountID, now))
	must[[]appointment.Appointment](t)(f.store.AppointmentsOf(ctx, n.AccountID, 1))
	must[[]appointment.Appointment](t)(f.store.AppointmentsAt(ctx, n.Office, n.Day, 1))
	must[[]appointment.Number](t)(f.store.QueueAt(ctx, n.Office, now, 1))
	must[[]appointment.Number](t)(f.store.NumbersOf(ctx, n.AccountID, n.Day))
	must[map[appointment.SlotKey]int](t)(f.store.TakenOf(ctx, n.Office, n.Day, n.Day))

	away := booking(f.login(t, "stays away").Account.ID, slot, f.now)
	if err := f.store.Book(ctx, away, termsAt(f.now, 9)); err != nil {
		t.Fatal(err)
	}
	must[appointment.Appointment](t)(f.store.Rebook(ctx, away.AccountID, away.ID, slotIn(f.now, time.Hour), termsAt(f.now, 9)))
	for _, a := range must[[]appointment.Appointment](t)(f.store.Unclosed(ctx, f.now.Add(2*time.Hour), 9)) {
		must[bool](t)(f.store.CloseAppointment(ctx, a, appointment.Missed, f.now.Add(2*time.Hour)))
	}
	for _, account := range []string{"", away.AccountID} {
		if _, _, err := f.store.TakeNumber(ctx, walkIn(account, f.now), 1); err != nil {
			t.Fatal(err)
		}
	}
}

// supports opens a ticket and goes through the dialog.
func supports(t *testing.T, f *fixture) {
	t.Helper()
	ctx, person, ticket := t.Context(), identity.NewSecret("o"), f.ticket(t, "s")
	changed := newTicket(ticket.AccountID, f.now)
	changed.Failure = "card_differs"
	_, err := f.store.OpenTicket(ctx, changed)
	for _, reference := range []string{ticket.ID, ticket.Code} {
		must[support.Ticket](t)(f.store.AttachTicket(ctx, support.Attachment{Person: person, Reference: reference, At: f.now, Now: f.now}))
	}
	must[support.Ticket](t)(f.store.Ticket(ctx, ticket.AccountID, ticket.ID, f.now))
	must[bool](t)(f.store.AnswerMessage(ctx, "m", f.now))
	must[bool](t)(f.store.ReserveQRCode(ctx, "s", f.now, f.now))
	if err = errors.Join(err, f.store.PutQRCode(ctx, "s", support.QRCode{ExpiresAt: f.now.Add(time.Hour)}), f.store.HandOver(ctx, person, f.now)); err != nil {
		t.Fatal(err)
	}
	must[support.QRCode](t)(f.store.QRCode(ctx, "s", f.now))
}

// plan returns the steps in which SQLite would run a statement.
func (f *fixture) plan(t *testing.T, text string) []string {
	t.Helper()
	rows, err := f.raw(t).QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, make([]any, strings.Count(text, "?"))...)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err = rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err = rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// statementLog keeps the texts of statements.
type statementLog struct {
	mu    sync.Mutex
	texts map[string]bool
}

func (l *statementLog) add(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.texts[text] = true
}

type loggingConnector struct {
	driver.Connector

	log *statementLog
}

// Connect returns a connection whose statements are kept.
func (c loggingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(ableConn)
	if !ok {
		return nil, driver.ErrBadConn
	}
	return loggingConn{able, c.log}, nil
}

type loggingConn struct {
	ableConn

	log *statementLog
}

func (c loggingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	c.log.add(text)
	return c.ableConn.ExecContext(ctx, text, args)
}

func (c loggingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	c.log.add(text)
	return c.ableConn.QueryContext(ctx, text, args)
}

func (c loggingConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	c.log.add(text)
	return c.ableConn.PrepareContext(ctx, text)
}
