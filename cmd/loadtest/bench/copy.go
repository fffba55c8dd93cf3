package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"renzheng/cmd/loadtest/scratch"
)

// copyDatabase copies all rows of one database into another that is migrated.
func copyDatabase(ctx context.Context, from, to string) error {
	if target, isFile := strings.CutPrefix(to, "sqlite:"); isFile {
		return copyFile(ctx, from, target)
	}
	db, err := scratch.Open(to)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1) // what is set for the copy holds for one connection
	return errors.Join(copyTables(ctx, db, scratch.Name(from)), db.Close())
}

// copyFile replaces the whole file: a copy is the same in every page.
func copyFile(ctx context.Context, from, target string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(target + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing an empty database: %w", err)
		}
	}
	db, err := scratch.Open(from)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", target)
	return errors.Join(err, db.Close())
}

func copyTables(ctx context.Context, db *sql.DB, source string) error {
	if _, err := db.ExecContext(ctx, "SET FOREIGN_KEY_CHECKS = 0"); err != nil {
		return fmt.Errorf("preparing to copy: %w", err)
	}
	tables, err := tablesOf(ctx, db, source)
	if err != nil {
		return err
	}
	for _, table := range tables {
		for _, statement := range []string{"DELETE FROM " + table, "INSERT INTO " + table + " SELECT * FROM " + source + "." + table} {
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("copying %s: %w", table, err)
			}
		}
	}
	return nil
}

func tablesOf(ctx context.Context, db *sql.DB, source string) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name", source)
	if err != nil {
		return nil, fmt.Errorf("listing tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, fmt.Errorf("listing tables: %w", err)
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}
