package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/go-sql-driver/mysql"
)

// usableTime is longer than any read of one row, and shorter than what probes wait.
const usableTime = 2 * time.Second

// Usable tells whether the database takes statements now. More than that it answers: a node that has lost its cluster
// still does, and refuses every table. So one is read, and in a cluster that waits for what other nodes have committed.
func (s *Store) Usable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, usableTime)
	defer cancel()
	var rows int
	if err := s.write.GetContext(ctx, &rows, "SELECT COUNT(*) FROM leases WHERE name = ''"); err != nil {
		return fmt.Errorf("reading from the database: %w", err)
	}
	return nil
}

// Codes of a MySQL server that cannot be used for now, whatever is asked of it.
const (
	mysqlTooManyConns = 1040
	mysqlNotPrepared  = 1047 // Galera: the node has lost its cluster, or has not caught up yet
	mysqlShutdown     = 1053
	mysqlReadOnly     = 1290 // a failover has made it a replica
	mysqlKilled       = 1927 // MariaDB: it ends our connection
)

// Away tells whether an error says that the database cannot be used for now: it is gone, has lost its cluster, or was
// too busy for as long as we try. Whether it did what was asked last may be unknown: who asks again with the same
// idempotency key learns it.
func Away(err error) bool {
	var network *net.OpError
	switch {
	case err == nil:
		return false
	case errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.As(err, &network), isTransient(err):
		return true
	}
	switch mysqlCode(err) {
	case mysqlTooManyConns, mysqlNotPrepared, mysqlShutdown, mysqlReadOnly, mysqlKilled:
		return true
	}
	return false
}
