package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"renzheng/cmd/loadtest/scratch"
)

// reading is what a meter shows at a moment.
type reading struct {
	server, database time.Duration
	log, flushes     float64
	rows             float64
}

// metered returns what one of the operations costs that do performs.
func (s *sized) metered(ctx context.Context, process int, do func() (int, error)) (c cost, err error) {
	db, err := scratch.Open(s.files.database)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before, err := read(ctx, db, process)
	if err != nil {
		return c, err
	}
	n, err := do()
	if err != nil {
		return c, err
	}
	after, err := read(ctx, db, process)
	if err != nil {
		return c, err
	}
	each := float64(n)
	return cost{
		server: (after.server - before.server) / time.Duration(n), database: (after.database - before.database) / time.Duration(n),
		log: (after.log - before.log) / each, rows: (after.rows - before.rows) / each, flushes: (after.flushes - before.flushes) / each,
	}, nil
}

// read reads the processor's time of both processes and what MariaDB has written. The rows are counted by MariaDB itself, after
// it has looked at each table.
func read(ctx context.Context, db *sql.DB, process int) (reading, error) {
	r := reading{server: cpuTime(process)}
	var tables string
	for query, into := range map[string]any{
		"SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'INNODB_OS_LOG_WRITTEN'":     &r.log,
		"SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'INNODB_LOG_WRITES'":         &r.flushes,
		"SELECT GROUP_CONCAT(table_name SEPARATOR ', ') FROM information_schema.tables WHERE table_schema = DATABASE()": &tables,
	} {
		if err := db.QueryRowContext(ctx, query).Scan(into); err != nil {
			return r, fmt.Errorf("reading what MariaDB counts: %w", err)
		}
	}
	var err error
	if r.database, err = databaseTime(ctx, db); err != nil {
		return r, err
	}
	if _, err = db.ExecContext(ctx, "ANALYZE TABLE "+tables); err != nil { // counts the pages
		return r, fmt.Errorf("analyzing the tables: %w", err)
	}
	err = db.QueryRowContext(ctx, "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = DATABASE()").Scan(&r.rows)
	if err != nil {
		return r, fmt.Errorf("reading the size of the tables: %w", err)
	}
	return r, nil
}

// databaseTime returns what MariaDB, which runs on this machine, has used of the processor.
func databaseTime(ctx context.Context, db *sql.DB) (time.Duration, error) {
	var path string
	if err := db.QueryRowContext(ctx, "SELECT @@pid_file").Scan(&path); err != nil {
		return 0, fmt.Errorf("reading the name of a file: %w", err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("reading MariaDB's process: %w", err)
	}
	var process int
	if _, err = fmt.Sscan(string(content), &process); err != nil {
		return 0, fmt.Errorf("reading MariaDB's process: %w", err)
	}
	return cpuTime(process), nil
}
