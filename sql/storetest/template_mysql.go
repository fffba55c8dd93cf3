package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/go-sql-driver/mysql"
)

// statement is one statement of a template with its arguments.
type statement struct {
	text string
	args []any
}

//nolint:gochecknoglobals // one for all tests of the process is its point
var mysqlTemplate struct {
	once       sync.Once
	statements []statement
	err        error
}

func copyMySQL(ctx context.Context, dsn string) (copied bool, err error) {
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return false, errors.New("the data source name does not read as one")
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := tablesOf(ctx, db, c.DBName)
	if err != nil || len(tables) > 0 {
		return false, err
	}
	mysqlTemplate.once.Do(func() {
		// Other tests need it when this one has ended.
		mysqlTemplate.statements, mysqlTemplate.err = makeMySQLTemplate(context.WithoutCancel(ctx), c)
	})
	if mysqlTemplate.err != nil {
		return false, fmt.Errorf("making the template: %w", mysqlTemplate.err)
	}
	if err = replay(ctx, db, mysqlTemplate.statements); err != nil {
		return false, fmt.Errorf("copying the template: %w", err)
	}
	return true, nil
}

// replay executes statements in one session.
func replay(ctx context.Context, db *sql.DB, statements []statement) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, s := range statements {
		if _, err = conn.ExecContext(ctx, s.text, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// makeMySQLTemplate returns the statements that make the schema of a migrated database and the rows of its migrations.
func makeMySQLTemplate(ctx context.Context, c *mysql.Config) (statements []statement, err error) {
	server := c.Clone()
	server.DBName = ""
	db, err := sql.Open("mysql", server.FormatDSN())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	name := newDatabaseName()
	if _, err = db.ExecContext(ctx, createDatabase(name)); err != nil {
		return nil, err
	}
	defer func() {
		_, failed := db.ExecContext(ctx, "DROP DATABASE "+name)
		err = errors.Join(err, failed)
	}()
	server.DBName = name
	if err = migrate(ctx, "mysql:"+server.FormatDSN()); err != nil {
		return nil, err
	}
	return dump(ctx, db, name)
}

// dump returns the statements that make a database anew, without its seal.
func dump(ctx context.Context, db *sql.DB, name string) ([]statement, error) {
	tables, err := tablesOf(ctx, db, name)
	if err != nil {
		return nil, err
	}
	statements := []statement{{text: "SET SESSION foreign_key_checks = 0"}}
	for _, table := range tables {
		var definition string
		if err = db.QueryRowContext(ctx, "SHOW CREATE TABLE "+name+"."+table).Scan(&table, &definition); err != nil {
			return nil, fmt.Errorf("reading the table %s: %w", table, err)
		}
		statements = append(statements, statement{text: definition})
		if table == "row_integrity" {
			continue
		}
		rows, err := dumpRows(ctx, db, name, table)
		if err != nil {
			return nil, fmt.Errorf("reading the rows of %s: %w", table, err)
		}
		statements = append(statements, rows...)
	}
	return statements, nil
}

func dumpRows(ctx context.Context, db *sql.DB, name, table string) (statements []statement, err error) {
	rows, err := db.QueryContext(ctx, "SELECT * FROM "+name+"."+table)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close(), rows.Err()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	text := "INSERT INTO " + table + " VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
	for rows.Next() {
		args, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range args {
			targets[i] = &args[i]
		}
		if err = rows.Scan(targets...); err != nil {
			return nil, err
		}
		statements = append(statements, statement{text, args})
	}
	return statements, nil
}

func newDatabaseName() string {
	suffix := make([]byte, 8)
	rand.Read(suffix)
	return "bff_test_" + hex.EncodeToString(suffix)
}
