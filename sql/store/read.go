package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/jmoiron/sqlx"
)

// querier is what reading needs, of a pool or of a transaction.
type querier interface {
	GetContext(ctx context.Context, dest any, query string, args ...any) error
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

var (
	_ querier = (*readPool)(nil)
	_ querier = (*sqlx.Tx)(nil)
)

// readPool is a pool that reads. It keeps prepared statements of the queries that are read for every request, which are
// scanned by hand, and with prepareAll of all others too: SQLite would parse their text each time, while MySQL would
// need a second round trip for each on every connection.
type readPool struct {
	*sqlx.DB

	prepareAll bool
	mu         sync.RWMutex
	statements map[string]*sqlx.Stmt // by query
}

func newReadPool(db *sqlx.DB) *readPool {
	return &readPool{DB: db, statements: map[string]*sqlx.Stmt{}}
}

// GetContext reads one row.
func (p *readPool) GetContext(ctx context.Context, dest any, query string, args ...any) error {
	if !p.prepareAll {
		return p.DB.GetContext(ctx, dest, query, args...)
	}
	statement, err := p.statement(ctx, query) //nolint:sqlclosecheck // it is kept until the pool closes
	if err != nil {
		return err
	}
	return statement.GetContext(p.unwatched(ctx), dest, args...)
}

// SelectContext reads rows.
func (p *readPool) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	if !p.prepareAll {
		return p.DB.SelectContext(ctx, dest, query, args...)
	}
	statement, err := p.statement(ctx, query) //nolint:sqlclosecheck // it is kept until the pool closes
	if err != nil {
		return err
	}
	return statement.SelectContext(p.unwatched(ctx), dest, args...)
}

// QueryRowContext reads one row to scan.
func (p *readPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if statement, err := p.statement(ctx, query); err == nil { //nolint:sqlclosecheck // it is kept until the pool closes
		return statement.QueryRowContext(p.unwatched(ctx), args...)
	}
	return p.DB.QueryRowContext(ctx, query, args...) // its row reports the error of a query that was not prepared
}

// QueryContext reads rows to scan.
func (p *readPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := p.statement(ctx, query) //nolint:sqlclosecheck // it is kept until the pool closes
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(p.unwatched(ctx), args...)
}

// unwatched returns a context that does not end, for a read that need not wait for a connection. Watching a context takes
// the drivers two goroutines, which cost more than the read of a few rows by a key. Without it, MySQL's driver ends a
// read that hangs by its own time limit, and SQLite reads a local file.
func (p *readPool) unwatched(ctx context.Context) context.Context {
	if s := p.Stats(); ctx.Err() != nil || s.InUse >= s.MaxOpenConnections {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// statement prepares each text once, or twice if two requests are first. Texts are constants of this package, with lists of bounded length in them.
func (p *readPool) statement(ctx context.Context, query string) (*sqlx.Stmt, error) {
	p.mu.RLock()
	known := p.statements[query]
	p.mu.RUnlock()
	if known != nil {
		return known, nil
	}
	// Not under the lock: a server that is slow to prepare would hold up all other requests.
	prepared, err := p.PreparexContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known = p.statements[query]; known != nil {
		return known, prepared.Close() //nolint:sqlclosecheck // only this one: the other is kept until the pool closes
	}
	p.statements[query] = prepared
	return prepared, nil
}

// in expands the one list among args, for IN (?).
func in(query string, args ...any) (string, []any, error) { return sqlx.In(query, args...) }

// noRow reports whether a query for one row found none.
func noRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }
