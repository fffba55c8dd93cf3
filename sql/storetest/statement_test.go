package storetest_test

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"sync/atomic"
	"testing"

	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// TestTodo_Statements holds the two calls that persons wait for to what they may cost.
func TestTodo_Statements(t *testing.T) {
	t.Parallel()
	f, rules, statements := countedFixture(t)
	d := f.document(t, "张三")
	for range 20 {
		f.open(t, d)
	}
	v, r := f.ready(t, d)

	statements.Store(0)
	listing := must[todo.Listing](t)(rules.List(t.Context(), v, todo.Page{Limit: 20}))
	if n := statements.Load(); n > 1 || len(listing.Rows) != 20 {
		t.Errorf("a list of %d: got %d statements, want at most one for 20", len(listing.Rows), n)
	}
	statements.Store(0)
	_, err := rules.ConfirmTodo(t.Context(), v, r)
	const reads, transaction = 2, 7 // todo, key, verification, answer, event, idempotency key, strokes
	if n := statements.Load(); err != nil || n > reads+transaction {
		t.Errorf("a confirmation: got %d statements (%v), want at most %d", n, err, reads+transaction)
	}
}

// TestCase_Statements checks that the number of statements of a push does not grow with every signer.
func TestCase_Statements(t *testing.T) {
	t.Parallel()
	f, rules, statements := countedFixture(t)
	promoters := f.promoters(t)
	const rowsOfOne = 200 // rows of one statement
	const ofSigners = int64(todo.MaxSigners / rowsOfOne)
	cost := func(p todo.Push) int64 {
		statements.Store(0)
		must[todo.PushResult](t)(rules.Push(t.Context(), p))
		return statements.Load()
	}
	const reads, transaction = 1, 2 + 4 + 1 + 2 // case and key; persons, their keys, rows and hashes; notifications; case and todos as they are now
	if n := cost(foundation("c", 1, promoters...)); n != reads+transaction+ofSigners {
		t.Errorf("a new case: got %d statements, want %d", n, reads+transaction+ofSigners)
	}
	revised := foundation("c", 2, promoters...)
	revised.Items[0].Value = "贰佰万元"
	const readAgain, revision = 2, 2 + 2 + 1 + 2 // case and key; persons, and that they were seen; notifications; case and todos as they are now
	if n := cost(revised); n != readAgain+revision+3*ofSigners {
		t.Errorf("a revision for all: got %d statements, want %d with old todos, new ones and events in batches", n, readAgain+revision+3*ofSigners)
	}
	if n := cost(revised); n != readAgain {
		t.Errorf("a repetition: got %d statements, want %d", n, readAgain)
	}
}

// TestCaseList_Statements checks that the number of statements of a list does not grow with its cases and signers.
func TestCaseList_Statements(t *testing.T) {
	t.Parallel()
	f, rules, statements := countedFixture(t)
	for range 20 {
		f.open(t, f.document(t, "张三"), f.document(t, "李四"))
	}
	for _, prefix := range []string{"", "case"} {
		statements.Store(0)
		listing := must[todo.CaseListing](t)(rules.ListCases(t.Context(), todo.CaseQuery{RegistryID: "sd", Prefix: prefix, Limit: 20}))
		const most = 2 // cases; counts of their signers
		if n := statements.Load(); n > most || len(listing.Cases) != 20 {
			t.Errorf("prefix %q: got %d statements for %d cases, want at most %d for 20", prefix, n, len(listing.Cases), most)
		}
	}
}

// countedFixture returns a fixture with rules on a replica whose statements are counted.
func countedFixture(t *testing.T) (f *todoFixture, rules *todo.Service, statements *atomic.Int64) {
	t.Helper()
	dsn := storetest.Engines(t)[0].New(t)
	f = &todoFixture{ring: storetest.NewRing(t), later: &atomic.Int64{}}
	f.replicas = append(f.replicas, storetest.OpenOn(t, dsn, f.ring))
	f.rules = append(f.rules, f.newRules(f.replicas[0]))
	statements = &atomic.Int64{}
	counted, err := store.Open(t.Context(), store.Config{
		DSN: dsn, Ring: f.ring, Clock: storetest.Now, Rand: rand.Reader,
		Wrap: func(c driver.Connector) driver.Connector { return countingConnector{c, statements} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if failed := counted.Close(); failed != nil {
			t.Error(failed)
		}
	})
	return f, f.newRules(counted), statements
}

type countingConnector struct {
	driver.Connector

	n *atomic.Int64
}

// Connect returns a connection whose statements count.
func (c countingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(ableConn)
	if !ok {
		return nil, driver.ErrBadConn
	}
	return countingConn{able, c.n}, nil
}

// ableConn is what the driver of SQLite can do.
type ableConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
}

type countingConn struct {
	ableConn

	n *atomic.Int64
}

func (c countingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.n.Add(1)
	return c.ableConn.ExecContext(ctx, query, args)
}

func (c countingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.n.Add(1)
	return c.ableConn.QueryContext(ctx, query, args)
}

func (c countingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	prepared, err := c.ableConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := prepared.(ableStmt)
	if !ok {
		return nil, driver.ErrBadConn
	}
	return countingStmt{able, c.n}, nil
}

type ableStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type countingStmt struct {
	ableStmt

	n *atomic.Int64
}

func (s countingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.n.Add(1)
	return s.ableStmt.ExecContext(ctx, args)
}

func (s countingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.n.Add(1)
	return s.ableStmt.QueryContext(ctx, args)
}
