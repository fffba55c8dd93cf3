package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/XSAM/otelsql"
	"github.com/jmoiron/sqlx"
	"go.opentelemetry.io/otel/trace"

	"renzheng/keyring"
)

// Config says where the rows are and what the store works with. Wrap, Trace and RequireSeal are optional.
type Config struct {
	DSN   string // "sqlite:PATH" or "mysql:" and a DSN of go-sql-driver; secret where it holds a password
	Ring  *keyring.Keyring
	Clock func() time.Time
	Rand  io.Reader                               // for ids; crypto/rand.Reader outside tests
	Wrap  func(driver.Connector) driver.Connector // stands before the driver and sees each statement, to count it; nil = none
	Trace trace.TracerProvider                    // makes spans of statements; nil = none

	RequireSeal bool // every row needs its tag, even if the database does not say that it is sealed; see Seal
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
	trace   trace.TracerProvider

	progress  func() []string    // see AnnounceProgress
	onAltered func(AlteredError) // see OnAltered
	seal      seal               // see Seal
	fence     fence              // see Fence
}

// dialect is the kind of engine. It is also the folder of its migrations and the name of its driver.
type dialect string

const (
	sqliteDialect dialect = "sqlite"
	mysqlDialect  dialect = "mysql"
)

// ErrDSN says that a data source name is not one that this store takes. It never quotes the name.
var ErrDSN = errors.New("not a data source name that the store takes")

// pool returns the connections that a connector makes.
func (s *Store) pool(c driver.Connector) *sqlx.DB {
	if s.wrap != nil {
		c = s.wrap(c)
	}
	if s.trace == nil {
		return sqlx.NewDb(sql.OpenDB(c), string(s.dialect))
	}
	return sqlx.NewDb(otelsql.OpenDB(c, traceOptions(s.trace)...), string(s.dialect))
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
