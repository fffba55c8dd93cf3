// Package scratch makes databases that live as long as one measurement or one
// crash test. It opens them with the settings of the server's store: the same
// durability, the same isolation.
package scratch

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sql-driver/mysql"
	_ "modernc.org/sqlite" // the driver named sqlite
)

// Engines by name.
const (
	SQLite  = "sqlite"
	MariaDB = "mariadb" // or MySQL
)

// DSNVariable names a server on which databases may be created; see CONTRIBUTING.
const DSNVariable = "BFF_TEST_MYSQL_DSN"

// Place is where databases are made. Server is a DSN that names no database and
// is needed for MariaDB alone; Folder is for SQLite's files, which go with it.
type Place struct{ Engine, Folder, Server string }

// Create makes an empty database and returns its address in the form of BFF_DATABASE.
func (p Place) Create(ctx context.Context, purpose string) (string, error) {
	if p.Engine == SQLite {
		return "sqlite:" + filepath.Join(p.Folder, purpose+".db"), nil
	}
	c, err := mysql.ParseDSN(p.Server)
	if err != nil || p.Server == "" {
		return "", errors.New(DSNVariable + " names no server")
	}
	var suffix [6]byte
	_, _ = rand.Read(suffix[:]) // never fails
	name := "bff_" + purpose + "_" + hex.EncodeToString(suffix[:])
	if err := p.onServer(ctx, "CREATE DATABASE "+name+" DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		return "", fmt.Errorf("creating a database: %w", err)
	}
	c.DBName = name
	return "mysql:" + c.FormatDSN(), nil
}

// Drop takes a database away. SQLite's goes with its folder.
func (p Place) Drop(ctx context.Context, address string) error {
	if p.Engine == SQLite || address == "" {
		return nil
	}
	if err := p.onServer(ctx, "DROP DATABASE "+Name(address)); err != nil {
		return fmt.Errorf("dropping a database: %w", err)
	}
	return nil
}

func (p Place) onServer(ctx context.Context, statement string) error {
	db, err := sql.Open("mysql", p.Server)
	if err != nil {
		return fmt.Errorf("opening the server: %w", err)
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}

// Name returns the name of a database on a server, "" for a file.
func Name(address string) string {
	dsn, found := strings.CutPrefix(address, "mysql:")
	c, err := mysql.ParseDSN(dsn)
	if !found || err != nil {
		return ""
	}
	return c.DBName
}

// Open opens a database.
func Open(address string) (*sql.DB, error) {
	kind, rest, _ := strings.Cut(address, ":")
	if kind == "sqlite" {
		return sql.Open("sqlite", "file:"+(&url.URL{Path: rest}).EscapedPath()+"?_pragma=busy_timeout(5000)"+
			"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_txlock=immediate")
	}
	c, err := mysql.ParseDSN(rest)
	if err != nil {
		return nil, errors.New("the database's address does not read as a data source name")
	}
	c.ClientFoundRows, c.InterpolateParams, c.Collation = true, true, "utf8mb4_bin"
	c.Params = map[string]string{"tx_isolation": "'READ-COMMITTED'"}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, fmt.Errorf("preparing a connection: %w", err)
	}
	return sql.OpenDB(connector), nil
}

// Recreate destroys a database and makes an empty one of the same address.
func (p Place) Recreate(ctx context.Context, address string) error {
	if path, embedded := strings.CutPrefix(address, "sqlite:"); embedded {
		for _, file := range []string{path, path + "-wal", path + "-shm"} {
			if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("destroying a database: %w", err)
			}
		}
		return nil
	}
	if err := p.Drop(ctx, address); err != nil {
		return err
	}
	if err := p.onServer(ctx, "CREATE DATABASE "+Name(address)+" DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		return fmt.Errorf("creating a database: %w", err)
	}
	return nil
}
