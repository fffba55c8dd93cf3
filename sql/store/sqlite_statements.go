package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// keptStatements keeps the prepared statements of the connection that writes. Without it, SQLite parses the text of each
// statement of a transaction again, which takes a third of the time of a short one.
type keptStatements struct{ driver.Connector }

// Connect returns a connection that keeps its statements.
func (k keptStatements) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver's connections cannot do all that is needed"), conn.Close())
	}
	return &writingConn{sqliteConn: able, statements: map[string]sqliteStmt{}}, nil
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

// keptMost bounds the statements of a connection. The texts are constants of this package, but those with lists differ
// by their length.
const keptMost = 200

// writingConn is used by one goroutine at a time, as [driver.Conn] says.
type writingConn struct {
	sqliteConn

	statements map[string]sqliteStmt // by text
}

// ExecContext runs a statement. It does not end with the context once it has begun: watching a context takes the driver
// a goroutine, and a statement on a local file is short.
func (c *writingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
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

// statement returns the prepared statement, or nil if too many are kept already.
func (c *writingConn) statement(ctx context.Context, query string) (sqliteStmt, error) {
	if known := c.statements[query]; known != nil {
		return known, nil
	}
	if len(c.statements) >= keptMost {
		return nil, nil //nolint:nilnil // there is none, and that is no error
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := prepared.(sqliteStmt)
	if !ok {
		return nil, errors.Join(errors.New("the driver's statements take no context"), prepared.Close())
	}
	c.statements[query] = able
	return able, nil
}

// Close closes the statements and the connection.
func (c *writingConn) Close() error {
	var problems []error
	for _, s := range c.statements {
		problems = append(problems, s.Close())
	}
	return errors.Join(append(problems, c.sqliteConn.Close())...)
}
