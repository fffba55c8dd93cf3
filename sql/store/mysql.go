package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	mysqlConns    = 32               // per replica; ten replicas stay far below the usual 500 of a server
	mysqlIdle     = 5 * time.Minute  // below what load balancers and wait_timeout cut
	mysqlLifetime = 5 * time.Minute  // so that reads leave a former primary, and restarted nodes get their share again
	mysqlDial     = 5 * time.Second  // a node that does not answer by then is down
	mysqlAnswer   = 20 * time.Second // longer than any of our statements
)

// openMySQL sets in code whatever correctness rests on, so that no DSN can spoil it.
func (s *Store) openMySQL(dsn string) error {
	c, err := parseMySQL(dsn)
	if err != nil {
		return err
	}
	if err = secureMySQL(c); err != nil {
		return err
	}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return fmt.Errorf("%w: it contradicts itself", ErrDSN)
	}
	s.dialect, s.source = mysqlDialect, c.FormatDSN()
	db := s.pool(committedReads{connector})
	db.SetMaxOpenConns(mysqlConns)
	db.SetMaxIdleConns(mysqlConns)
	db.SetConnMaxIdleTime(mysqlIdle)
	db.SetConnMaxLifetime(mysqlLifetime)
	s.write, s.read = db, newReadPool(db)
	return nil
}

// parseMySQL rejects what cannot be meant or is not safe.
func parseMySQL(dsn string) (*mysql.Config, error) {
	c, err := mysql.ParseDSN(dsn)
	switch {
	case err != nil: // it may quote the password
		return nil, fmt.Errorf("%w: must be mysql:USER:PASSWORD@tcp(HOST:3306)/NAME", ErrDSN)
	case c.DBName == "":
		return nil, fmt.Errorf("%w: it names no database; must be mysql:USER:PASSWORD@tcp(HOST:3306)/NAME", ErrDSN)
	case c.MultiStatements, c.AllowAllFiles:
		return nil, fmt.Errorf("%w: multiStatements and allowAllFiles open a door to injection", ErrDSN)
	}
	return c, nil
}

func secureMySQL(c *mysql.Config) error {
	c.ClientFoundRows = true // "exactly one row" means matched, as in SQLite
	c.RejectReadOnly = true  // closes a connection to a server that has become read-only, see dropIdle
	c.InterpolateParams = true
	c.ParseTime = false
	c.Loc = time.UTC
	c.Timeout = mysqlDial
	c.ReadTimeout = mysqlAnswer
	c.WriteTimeout = mysqlAnswer
	if err := c.Apply(mysql.Charset("utf8mb4", "utf8mb4_bin")); err != nil { // charset=utf8 cannot store rare characters
		return fmt.Errorf("%w: its character set cannot be replaced", ErrDSN)
	}
	c.Logger = &mysql.NopLogger{} // it would print what it returns as well
	if c.Params == nil {
		c.Params = map[string]string{}
	}
	// Too long or not text is an error, as in SQLite's strict tables; NO_BACKSLASH_ESCAPES must stay off.
	c.Params["sql_mode"] = "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
	c.Params["time_zone"] = "'+00:00'"
	c.Params["innodb_lock_wait_timeout"] = "5" // seconds; our transactions last milliseconds
	return nil
}

// dropIdle closes the idle connections. After a failover they all lead to the former primary, which can only be read.
// New connections reach the new primary.
func (s *Store) dropIdle() {
	if s.dialect != mysqlDialect {
		return // SQLite has no failover
	}
	s.write.SetMaxIdleConns(0)
	s.write.SetMaxIdleConns(mysqlConns)
}

// committedReads makes connections read committed: repeatable read takes gap locks that end in deadlocks. The variable
// for it has other names in other engines and versions; the statement has not. In a cluster, committed means on any node.
type committedReads struct{ driver.Connector }

// Connect returns a connection that reads so.
func (c committedReads) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err = prepareSession(ctx, conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// waitForCluster lets reads, changes and transactions begin only when the node has applied what any node had committed
// by then: a person's next request may reach another replica, on another node. Without a cluster it does nothing.
const waitForCluster = "SET SESSION wsrep_sync_wait = 7"

func prepareSession(ctx context.Context, conn driver.Conn) error {
	execer, ok := conn.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver's connections take no statements")
	}
	if _, err := execer.ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil); err != nil {
		return err
	}
	if _, err := execer.ExecContext(ctx, waitForCluster, nil); err != nil && mysqlCode(err) != mysqlUnknownVariable {
		return err
	}
	return nil
}
