package bench

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync/atomic"
)

// counter stands before a driver and counts the statements that are run.
type counter struct{ n atomic.Int64 }

// wrap returns a connector whose connections count.
func (c *counter) wrap(inner driver.Connector) driver.Connector { return countingConnector{inner, c} }

type countingConnector struct {
	driver.Connector

	counter *counter
}

// Connect returns a connection that counts.
func (c countingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &countingConn{conn, c.counter}, nil
}

// countingConn passes on what the two drivers can do.
type countingConn struct {
	driver.Conn

	counter *counter
}

var (
	_ driver.QueryerContext     = (*countingConn)(nil)
	_ driver.ExecerContext      = (*countingConn)(nil)
	_ driver.ConnPrepareContext = (*countingConn)(nil)
	_ driver.ConnBeginTx        = (*countingConn)(nil)
)

var errDriver = errors.New("the driver has no contexts")

// QueryContext counts one statement.
func (c *countingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	inner, able := c.Conn.(driver.QueryerContext)
	if !able {
		return nil, driver.ErrSkip
	}
	rows, err := inner.QueryContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) {
		c.counter.n.Add(1)
	}
	return rows, err
}

// ExecContext counts one statement.
func (c *countingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	inner, able := c.Conn.(driver.ExecerContext)
	if !able {
		return nil, driver.ErrSkip
	}
	result, err := inner.ExecContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) {
		c.counter.n.Add(1)
	}
	return result, err
}

// PrepareContext returns a statement that counts each of its runs.
func (c *countingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	inner, able := c.Conn.(driver.ConnPrepareContext)
	if !able {
		return nil, errDriver
	}
	statement, err := inner.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &countingStmt{statement, c.counter}, nil
}

// BeginTx passes on.
func (c *countingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	inner, able := c.Conn.(driver.ConnBeginTx)
	if !able {
		return nil, errDriver
	}
	return inner.BeginTx(ctx, o)
}

type countingStmt struct {
	driver.Stmt

	counter *counter
}

var (
	_ driver.StmtQueryContext = (*countingStmt)(nil)
	_ driver.StmtExecContext  = (*countingStmt)(nil)
)

// QueryContext counts one statement.
func (s *countingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	inner, able := s.Stmt.(driver.StmtQueryContext)
	if !able {
		return nil, errDriver
	}
	s.counter.n.Add(1)
	return inner.QueryContext(ctx, args)
}

// ExecContext counts one statement.
func (s *countingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	inner, able := s.Stmt.(driver.StmtExecContext)
	if !able {
		return nil, errDriver
	}
	s.counter.n.Add(1)
	return inner.ExecContext(ctx, args)
}
