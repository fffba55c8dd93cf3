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
}

var (
	_ querier = (*readPool)(nil)
	_ querier = (*sqlx.Tx)(nil)
)

// readPool is a pool that reads. With prepare set it keeps statements: SQLite would parse the text each time, while
// MySQL would need a second round trip for each connection.
type readPool struct {
	*sqlx.DB

	prepare    bool
	statements sync.Map // query → *sqlx.Stmt
}

// GetContext reads one row.
func (p *readPool) GetContext(ctx context.Context, dest any, query string, args ...any) error {
	if !p.prepare {
		return p.DB.GetContext(ctx, dest, query, args...)
	}
	statement, err := p.statement(ctx, query)
	if err != nil {
		return err
	}
	return statement.GetContext(ctx, dest, args...)
}

// SelectContext reads rows.
func (p *readPool) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	if !p.prepare {
		return p.DB.SelectContext(ctx, dest, query, args...)
	}
	statement, err := p.statement(ctx, query)
	if err != nil {
		return err
	}
	return statement.SelectContext(ctx, dest, args...)
}

// statement prepares each text once. Texts are constants of this package, with lists of bounded length in them.
func (p *readPool) statement(ctx context.Context, query string) (*sqlx.Stmt, error) {
	if known, ok := p.statements.Load(query); ok {
		return known.(*sqlx.Stmt), nil //nolint:errcheck // nothing else is stored
	}
	prepared, err := p.PreparexContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if known, raced := p.statements.LoadOrStore(query, prepared); raced {
		return known.(*sqlx.Stmt), prepared.Close() //nolint:errcheck // nothing else is stored
	}
	return prepared, nil
}

// in expands the one list among args, for IN (?).
func in(query string, args ...any) (string, []any, error) { return sqlx.In(query, args...) }

// noRow tells whether a query for one row found none.
func noRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }
