package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// errEngine reports a data source name of an unknown engine.
var errEngine = fmt.Errorf("%w: must be sqlite:PATH or mysql:USER:PASSWORD@tcp(HOST:3306)/NAME", ErrDSN)

// CheckDSN reports what is wrong with a data source name, without opening the database.
//
// Errors: [ErrDSN].
func CheckDSN(dsn string) error {
	kind, rest, _ := strings.Cut(dsn, ":")
	switch dialect(kind) {
	case sqliteDialect:
		return checkSQLite(rest)
	case mysqlDialect:
		_, err := parseMySQL(rest)
		return err
	}
	return errEngine
}

// Open connects to a database and changes nothing in it; a missing SQLite file is created.
//
// Errors: [ErrDSN], and what the engine says when it does not answer.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Ring == nil || c.Clock == nil || c.Rand == nil {
		return nil, errors.New("opening the store: ring, clock and randomness are needed")
	}
	s := &Store{ring: c.Ring, clock: c.Clock, rand: c.Rand, wrap: c.Wrap, trace: c.Trace, seal: seal{required: c.RequireSeal}}
	kind, rest, _ := strings.Cut(c.DSN, ":")
	var err error
	switch dialect(kind) {
	case sqliteDialect:
		err = s.openSQLite(ctx, rest)
	case mysqlDialect:
		err = s.openMySQL(rest)
	default:
		err = errEngine
	}
	if err == nil {
		err = s.Ping(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the store: %w", err), s.Close())
	}
	return s, nil
}
