package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// briefWait is how long a statement of the connection that writes waits for the lock of another process. SQLite's own
// wait ignores the context. So it is brief, and the transaction is run again as long as its context lasts, see retry.
const briefWait = "PRAGMA busy_timeout = 200"

// cachingConnector makes connections that cache their prepared statements. It is used for the connection that writes:
// otherwise SQLite parses every statement of a transaction again, which took 9 % of the processor of a server under
// confirmations.
type cachingConnector struct{ driver.Connector }

// Connect returns a connection that caches its statements.
func (c cachingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	inner, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(errors.New("SQLite driver: connection lacks a required interface"), conn.Close())
	}
	if _, err = inner.ExecContext(ctx, briefWait, nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &cachingConn{sqliteConn: inner, statements: map[string]sqliteStmt{}}, nil
}

// sqliteConn is what database/sql uses of the driver's connections.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
}

// maxCachedStatements limits the cache of a connection. The texts are constants of this package, but those with an IN
// list differ by its length.
const maxCachedStatements = 200

// cachingConn is used by one goroutine at a time, as [driver.Conn] requires.
type cachingConn struct {
	sqliteConn

	statements map[string]sqliteStmt // by text
}

// ExecContext runs a statement. Once started, it ignores the context: the driver needs a goroutine to watch a context, and a
// statement on a local file is short.
func (c *cachingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	statement, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if statement == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return statement.ExecContext(ctx, args)
}

// statement returns the prepared statement of a query, or nil if it is not cached and the cache is full.
func (c *cachingConn) statement(ctx context.Context, query string) (sqliteStmt, error) {
	if cached := c.statements[query]; cached != nil {
		return cached, nil
	}
	if len(c.statements) >= maxCachedStatements {
		return nil, nil //nolint:nilnil // a full cache is not an error
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	stmt, ok := prepared.(sqliteStmt)
	if !ok {
		return nil, errors.Join(errors.New("SQLite driver: statement does not implement StmtExecContext"), prepared.Close())
	}
	c.statements[query] = stmt
	return stmt, nil
}

// Close closes the statements and the connection.
func (c *cachingConn) Close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}
