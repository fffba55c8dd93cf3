package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// Config says where the rows are and what the store works with. All but Wrap is needed.
type Config struct {
	DSN   string // "sqlite:PATH" or "mysql:" and a DSN of go-sql-driver; secret where it holds a password
	Ring  *keyring.Keyring
	Clock func() time.Time
	Rand  io.Reader                               // for ids; crypto/rand.Reader outside tests
	Wrap  func(driver.Connector) driver.Connector // stands before the driver and sees each statement, to count or trace; nil = none
}

// Store keeps rows in one database. Concurrency: safe; several stores, in one process or in many, may share a database.
type Store struct {
	dialect dialect
	source  string    // what the driver opens for writing
	write   *sqlx.DB  // the only one that writes
	read    *readPool // on MySQL the same connections
	ring    *keyring.Keyring
	clock   func() time.Time
	rand    io.Reader
	wrap    func(driver.Connector) driver.Connector
}

// dialect is the kind of engine. It is also the folder of its migrations and the name of its driver.
type dialect string

const (
	sqliteDialect dialect = "sqlite"
	mysqlDialect  dialect = "mysql"
)

// ErrDSN says that a data source name is not one that this store takes. It never quotes the name.
var ErrDSN = errors.New("not a data source name that the store takes")

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
	s := &Store{ring: c.Ring, clock: c.Clock, rand: c.Rand, wrap: c.Wrap}
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

// pool returns the connections that a connector makes.
func (s *Store) pool(c driver.Connector) *sqlx.DB {
	if s.wrap != nil {
		c = s.wrap(c)
	}
	return sqlx.NewDb(sql.OpenDB(c), string(s.dialect))
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.write.PingContext(ctx); err != nil {
		return fmt.Errorf("reaching the database: %w", err)
	}
	return nil
}

// Close ends all connections. The store is of no use afterwards.
func (s *Store) Close() error {
	var problems []error
	if s.read != nil {
		problems = append(problems, s.read.Close())
	}
	if s.write != nil && (s.read == nil || s.read.DB != s.write) {
		problems = append(problems, s.write.Close())
	}
	return errors.Join(problems...)
}
