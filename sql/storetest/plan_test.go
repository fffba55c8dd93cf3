package storetest_test

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// TestStatements_FindTheirRows holds what runs for every request and every worker to indexes: a table that is read
// from end to end is slow only once it is large, and then for everybody.
func TestStatements_FindTheirRows(t *testing.T) {
	t.Parallel()
	seen := &statementLog{texts: map[string]bool{}}
	k := &kit{t: t, dsn: storetest.Engines(t)[0].New(t), now: storetest.Now()}
	o := &office{ring: storetest.NewRing(t), later: &atomic.Int64{}}
	storetest.OpenOn(t, k.dsn, o.ring)
	s, err := store.Open(t.Context(), store.Config{
		DSN: k.dsn, Ring: o.ring, Clock: storetest.Now, Rand: rand.Reader,
		Wrap: func(c driver.Connector) driver.Connector { return loggingConnector{c, seen} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	o.replicas, o.rules = append(o.replicas, s), append(o.rules, o.newRules(s))
	k.store, k.replica = s, s

	const shortLived = "SCAN prefills" // each goes after ten minutes
	everything(t, k, o)
	for text := range seen.texts {
		for _, step := range k.plan(t, text) {
			if strings.HasPrefix(step, "SCAN ") && step != shortLived {
				t.Errorf("%s in\n%s", step, text)
			}
		}
	}
}

// everything does what persons, registries and workers do.
func everything(t *testing.T, k *kit, o *office) {
	t.Helper()
	rules, ctx := o.rules[0], t.Context()
	v, r := o.ready(t, o.document(t, "张三"))
	c, err := rules.ConfirmTodo(ctx, v, r)
	if err != nil {
		t.Fatal(err)
	}
	must[todo.Listing](t)(rules.List(ctx, v, todo.Page{}))
	must[todo.Records](t)(rules.ListConfirmations(ctx, v, todo.Page{}))
	must[todo.Confirmation](t)(rules.GetConfirmation(ctx, v, c.ID))
	for _, work := range []func(context.Context) (int, error){rules.Expire, rules.Sequence, func(ctx context.Context) (int, error) { return rules.Deliver(ctx, "sd") }, rules.Render, rules.AnnouncePortraits, rules.Purge} {
		must[int](t)(work(ctx))
	}
	must[todo.Evidence](t)(rules.GetEvidence(ctx, answerOf(c.Confirmation)))
	must[todo.Case](t)(rules.GetCase(ctx, "sd", c.CaseID))
	must[todo.CaseListing](t)(rules.ListCases(ctx, todo.CaseQuery{RegistryID: "sd"}))
	must[todo.CaseListing](t)(rules.ListCases(ctx, todo.CaseQuery{RegistryID: "sd", Prefix: "case"}))
	must[[]todo.Event](t)(rules.ListFeed(ctx, "sd", 0, 0))
	must[int](t)(o.replicas[0].ExpireVerifications(ctx, k.now, 1))
	must[[]verification.Pending](t)(o.replicas[0].Unsettled(ctx, k.now.Add(time.Hour), 1))

	supports(t, k)
	ses, _ := k.granted(t, "u", ann(t))
	must[verification.Withdrawn](t)(k.store.WithdrawConsent(ctx, ses.Account.ID, k.consent(t, ses).ID, k.now))
	if err := k.store.CloseSession(ctx, ses.ID, k.now); err != nil {
		t.Fatal(err)
	}
}

// supports opens a ticket and goes through the dialog.
func supports(t *testing.T, k *kit) {
	t.Helper()
	ctx, person, ticket := t.Context(), identity.NewSecret("o"), k.ticket(t, "s")
	changed := newTicket(ticket.AccountID, k.now)
	changed.Failure = "card_differs"
	_, err := k.store.OpenTicket(ctx, changed)
	for _, reference := range []string{ticket.ID, ticket.Code} {
		must[support.Ticket](t)(k.store.AttachTicket(ctx, support.Attachment{Person: person, Reference: reference, At: k.now, Now: k.now}))
	}
	must[support.Ticket](t)(k.store.Ticket(ctx, ticket.AccountID, ticket.ID, k.now))
	must[bool](t)(k.store.AnswerMessage(ctx, "m", k.now))
	must[bool](t)(k.store.ReserveQRCode(ctx, "s", k.now, k.now))
	if err = errors.Join(err, k.store.PutQRCode(ctx, "s", support.QRCode{ExpiresAt: k.now.Add(time.Hour)}), k.store.HandOver(ctx, person, k.now)); err != nil {
		t.Fatal(err)
	}
	must[support.QRCode](t)(k.store.QRCode(ctx, "s", k.now))
	must[int](t)(k.store.PurgeSupport(ctx, k.now, 10))
}

// plan returns the steps in which SQLite would run a statement.
func (k *kit) plan(t *testing.T, text string) []string {
	t.Helper()
	rows, err := k.raw(t).QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, make([]any, strings.Count(text, "?"))...)
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
