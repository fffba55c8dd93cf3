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

// usableTime is longer than a change that matches no row takes, and shorter than probes wait.
const usableTime = 2 * time.Second

// Usable returns an error unless the database accepts changes now. An answer alone proves little: a node that has lost
// its cluster still answers pings, and a former primary still reads. So Usable makes a change that matches no row. It
// stores nothing, but a read-only server rejects it all the same. In a cluster it waits for what other nodes have
// committed. Connections to a read-only server are closed, so that the next ones reach the new primary.
func (s *Store) Usable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, usableTime)
	defer cancel()
	if _, err := s.exec(ctx, "UPDATE leases SET until = until WHERE name = ''"); err != nil {
		return fmt.Errorf("changing the database: %w", err)
	}
	return nil
}

// Codes of a MySQL server that cannot be used for now, whatever is asked of it.
// Sources: MySQL and MariaDB server error references; ProxySQL and TiDB error lists.
const (
	mysqlTooManyConns  = 1040
	mysqlNotPrepared   = 1047 // Galera: the node has lost its cluster, or has not caught up yet
	mysqlShutdown      = 1053
	mysqlForcedClose   = 1080
	mysqlReadError     = 1158 // 1158 to 1161: the network between client, proxy and server
	mysqlWriteTimeout  = 1161
	mysqlReadOnly      = 1290 // a failover has made it a replica
	mysqlReadOnlyTx    = 1792 // the same, if transactions are read only by default
	mysqlReadOnlyMode  = 1836 // the same, from TiDB and from a server with innodb_read_only
	mysqlKilled        = 1927 // MariaDB and MaxScale: our connection was ended
	mysqlNoConnection  = 2002 // 2002, 2003, 2006, 2013: a proxy's connection to the primary
	mysqlNoHost        = 2003
	mysqlGone          = 2006
	mysqlLost          = 2013
	mysqlNotAvailable  = 3168 // MySQL: the server is not available
	mysqlIdleTooLong   = 4031 // MySQL: our connection was ended because it was idle
	mysqlNoPrimary     = 9001 // ProxySQL: no server of the writing group; TiDB: no placement driver
	tidbStorageTimeout = 9002 // 9002 to 9005: the storage nodes do not answer, are busy, or have no leader
	tidbNoLeader       = 9005
)

// Away reports whether an error says that the database cannot be used for now: it is gone, has lost its cluster, was
// too busy for as long as we try, or is fenced. Whether it did what was asked last may be unknown: who asks again with the same
// idempotency key learns it.
func Away(err error) bool {
	var network *net.OpError
	switch {
	case err == nil:
		return false
	case errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, ErrFenced), errors.As(err, &network), isTransient(err):
		return true
	}
	code := mysqlCode(err)
	switch code {
	case mysqlTooManyConns, mysqlNotPrepared, mysqlShutdown, mysqlForcedClose,
		mysqlReadOnly, mysqlReadOnlyTx, mysqlReadOnlyMode, mysqlKilled,
		mysqlNoConnection, mysqlNoHost, mysqlGone, mysqlLost, mysqlNotAvailable, mysqlIdleTooLong, mysqlNoPrimary:
		return true
	}
	return mysqlReadError <= code && code <= mysqlWriteTimeout || tidbStorageTimeout <= code && code <= tidbNoLeader
}
