package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/sql/migrations"
)

// Inspection is what an operator should know of a database before a server uses it.
type Inspection struct {
	Engine     string        // name and version
	Schema     int64         // number of the last migration that ran; 0 if none did
	Newest     int64         // number of the last migration of this program
	Skew       time.Duration // of the database's clock, positive if it is ahead; 0 for SQLite, which has none
	Isolation  string        // of our connections; "" for SQLite, which serializes
	NotInnoDB  []string      // tables of another engine
	Charset    []string      // tables with a text column that cannot hold every character
	Missing    []string      // privileges that the user lacks
	Super      bool          // the user could write to a read-only server, which a former primary is
	NotDurable error         // see Durable
	NotUsable  error         // see Usable; nil without a schema
	OtherKeys  error         // see CompareKeys; nil without a schema
	NotSealed  error         // see CheckSeal; nil without its table
	Epoch      Epoch         // zero if there is none yet
}

// Inspect looks at the database and changes nothing.
func (s *Store) Inspect(ctx context.Context) (Inspection, error) {
	var i Inspection
	var err error
	if i.Newest, err = newestMigration(s.dialect); err != nil {
		return i, err
	}
	if s.dialect == mysqlDialect {
		err = s.inspectMySQL(ctx, &i)
	} else {
		err = s.inspectSQLite(ctx, &i)
	}
	if err == nil && i.Schema > 0 {
		i.NotUsable, i.OtherKeys = s.Usable(ctx), s.CompareKeys(ctx, s.ring)
		if i.Epoch, err = s.Epoch(ctx); errors.Is(err, ErrNoEpoch) {
			err = nil // its table is made by a later migration
		}
	}
	if err == nil {
		err = s.inspectSeal(ctx, &i)
	}
	if err != nil {
		return i, fmt.Errorf("inspecting the database: %w", err)
	}
	return i, nil
}

func (s *Store) inspectSeal(ctx context.Context, i *Inspection) error {
	ok, err := s.hasTable(ctx, "row_integrity")
	if err == nil && ok {
		i.NotSealed = s.CheckSeal(ctx)
	}
	return err
}

// newestMigration returns the highest number among the files of a dialect.
func newestMigration(d dialect) (int64, error) {
	files, err := migrations.For(string(d))
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, errors.Join(errors.New("there are no migrations"), err)
	}
	number, _, _ := strings.Cut(slices.Max(names), "_")
	newest, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("reading the number of a migration: %w", err)
	}
	return newest, nil
}

func (s *Store) inspectSQLite(ctx context.Context, i *Inspection) error {
	if err := s.read.GetContext(ctx, &i.Engine, "SELECT 'SQLite ' || sqlite_version()"); err != nil {
		return err
	}
	return s.schemaVersion(ctx, i, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'")
}

// schemaVersion reads the number of the last migration, if the query counts a table of them.
func (s *Store) schemaVersion(ctx context.Context, i *Inspection, exists string) error {
	var tables int
	if err := s.read.GetContext(ctx, &tables, exists); err != nil || tables == 0 {
		return err
	}
	return s.read.GetContext(ctx, &i.Schema, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied = 1")
}

func (s *Store) inspectMySQL(ctx context.Context, i *Inspection) error {
	var row struct {
		Version  string `db:"version"`
		Name     string `db:"name"`
		Microsec int64  `db:"microsec"`
	}
	before := s.clock()
	err := s.read.GetContext(ctx, &row, `SELECT VERSION() AS version, DATABASE() AS name,
		CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS microsec`)
	if err != nil {
		return err
	}
	after := s.clock()
	i.Engine = "MySQL " + row.Version
	if strings.Contains(row.Version, "MariaDB") {
		i.Engine = "MariaDB " + row.Version
	}
	i.Skew = time.UnixMicro(row.Microsec).Sub(before.Add(after.Sub(before) / 2)) //nolint:mnd // the middle of the call
	i.NotDurable = s.Durable(ctx)
	for _, read := range []func(context.Context, *Inspection) error{s.inspectIsolation, s.inspectTables} {
		if err = read(ctx, i); err != nil {
			return err
		}
	}
	return s.inspectGrants(ctx, i, row.Name)
}

// inspectIsolation reads a variable that has another name in each engine and version.
func (s *Store) inspectIsolation(ctx context.Context, i *Inspection) error {
	var variables []struct {
		Name  string `db:"Variable_name"`
		Value string `db:"Value"`
	}
	err := s.read.SelectContext(ctx, &variables, "SHOW SESSION VARIABLES WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')")
	for _, v := range variables {
		i.Isolation = v.Value
	}
	return err
}

func (s *Store) inspectTables(ctx context.Context, i *Inspection) error {
	err := s.read.SelectContext(ctx, &i.NotInnoDB, `SELECT table_name FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB' ORDER BY table_name`)
	if err != nil {
		return err
	}
	// Leases have the character set of the database, and names of ours only.
	err = s.read.SelectContext(ctx, &i.Charset, `SELECT DISTINCT table_name FROM information_schema.columns
		WHERE table_schema = DATABASE() AND character_set_name NOT IN ('utf8mb4', 'ascii')
		AND table_name <> 'leases' ORDER BY table_name`)
	if err != nil {
		return err
	}
	return s.schemaVersion(ctx, i, `SELECT COUNT(*) FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_name = 'goose_db_version'`)
}

// inspectGrants reads what the user may do. The statements that it reads may hold the
// hash of a password, so they go nowhere.
func (s *Store) inspectGrants(ctx context.Context, i *Inspection, database string) error {
	var grants []string
	if err := s.read.SelectContext(ctx, &grants, "SHOW GRANTS FOR CURRENT_USER"); err != nil {
		return err
	}
	i.Missing, i.Super = readGrants(grants, database)
	return nil
}
