package storetest_test

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/rights"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

// A server that is killed after any statement of an erasure leaves it due, and the next one finishes it.
func TestErasure_IsFinishedAfterAKillAnywhere(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		left := &atomic.Int64{}
		dying := f.mortal(t, left)
		for statements := int64(1); ; statements += 3 {
			v, yes := f.ready(t, f.document(t, "张三"))
			if _, err := f.rules[0].ConfirmTodo(t.Context(), v, yes); err != nil {
				t.Fatal(err)
			}
			e := rights.Erasure{ID: rights.ErasureID(v.GrantID), SubjectID: v.SubjectID, AccountID: v.AccountID, RequestedAt: f.now()}
			if err := f.replicas[0].RequestErasure(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			left.Store(statements)
			_, err := dying.ExecuteErasure(t.Context(), e.ID, f.execution())
			if err == nil {
				if least := int64(20); statements < least {
					t.Errorf("an erasure took less than %d statements, want at least %d", statements, least)
				}
				return
			}
			if !errors.Is(err, errKilled) {
				t.Fatalf("after %d statements: %v", statements, err)
			}
			f.finish(t, e)
		}
	})
}

// finish lets another server do what the killed one left, and checks that nothing of the person can be found or opened.
func (f *todoFixture) finish(t *testing.T, e rights.Erasure) {
	t.Helper()
	due := must[[]string](t)(f.replicas[1].DueErasures(t.Context(), f.now().Add(time.Hour), 1000))
	if !slices.Contains(due, e.ID) {
		t.Fatal("the erasure is not due after the kill")
	}
	status := must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), e.ID, f.execution()))
	if status.State != rights.Partly || status.ErasedAt.IsZero() {
		t.Errorf("got an erasure %s", status.State)
	}
	for _, query := range []string{
		"SELECT COUNT(*) FROM data_keys WHERE owner_id = ?", "SELECT COUNT(*) FROM verifications WHERE subject_id = ?",
		"SELECT COUNT(*) FROM confirmations WHERE subject_id = ?", "SELECT COUNT(*) FROM strokes_used WHERE subject_id = ?",
	} {
		if n := f.counts(t, query, e.SubjectID); n != 0 {
			t.Errorf("%s: got %d rows after the erasure", query, n)
		}
	}
	if n := f.counts(t, "SELECT COUNT(*) FROM sessions WHERE account_id = ?", e.AccountID); n != 0 {
		t.Errorf("got %d sessions after the erasure", n)
	}
}

var errKilled = errors.New("killed")

// mortal returns a replica that executes so many statements, and then neither statements nor commits.
func (f *todoFixture) mortal(t *testing.T, left *atomic.Int64) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{
		DSN: f.dsn, Ring: f.ring, Clock: storetest.Now, Rand: rand.Reader,
		Wrap: func(c driver.Connector) driver.Connector { return mortalConnector{c, left} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

type mortalConnector struct {
	driver.Connector

	left *atomic.Int64
}

// Connect returns a connection that is cut off after the last statement.
func (c mortalConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(ableConn)
	if !ok {
		return nil, driver.ErrBadConn
	}
	return mortalConn{able, c.left}, nil
}

type mortalConn struct {
	ableConn

	left *atomic.Int64
}

func (c mortalConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.left.Add(-1) < 0 {
		return nil, errKilled
	}
	return c.ableConn.ExecContext(ctx, query, args)
}

func (c mortalConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.left.Add(-1) < 0 {
		return nil, errKilled
	}
	return c.ableConn.QueryContext(ctx, query, args)
}

func (c mortalConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.ableConn.BeginTx(ctx, o)
	return mortalTx{tx, c.left}, err
}

type mortalTx struct {
	driver.Tx

	left *atomic.Int64
}

// Commit undoes the transaction if the server was killed before.
func (x mortalTx) Commit() error {
	if x.left.Add(-1) < 0 {
		return errors.Join(errKilled, x.Rollback())
	}
	return x.Tx.Commit()
}
