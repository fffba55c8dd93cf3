package store

import (
	"errors"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"

	"renzheng/staff"
)

// errRace says that another replica inserted a row first. The transaction is repeated and finds the row.
var errRace = errors.New("another replica was first")

// MySQL's errors, those of MariaDB and TiDB among them.
const (
	mysqlRecordChanged   = 1020 // MariaDB: changed since it was read
	mysqlDuplicate       = 1062
	mysqlUnknownVariable = 1193
	mysqlLockWait        = 1205 // the other side may have died; it holds its locks until the server notices
	mysqlDeadlock        = 1213 // also a failed certification in a Galera cluster
	mysqlRolledBack      = 3101 // a failed certification in a group of MySQL servers
	tidbCommitAgain      = 8022
	tidbWriteConflict    = 9007
)

// SQLite's result codes.
const (
	sqliteBusy          = 5
	sqlitePrimary       = 0xff // mask of the primary code in an extended one
	sqliteDuplicateKey  = 1555 // primary key
	sqliteDuplicateElse = 2067 // unique index
)

// isTransient reports whether the same transaction may succeed when it is run again.
func isTransient(err error) bool {
	if errors.Is(err, errRace) {
		return true
	}
	switch mysqlCode(err) {
	case mysqlRecordChanged, mysqlLockWait, mysqlDeadlock, mysqlRolledBack, tidbCommitAgain, tidbWriteConflict:
		return true
	}
	return isBusy(err)
}

// isBusy reports whether SQLite waited in vain for another process's lock.
func isBusy(err error) bool { return sqliteCode(err)&sqlitePrimary == sqliteBusy }

// isDuplicate reports whether a unique key refused a row. The transaction is still good.
func isDuplicate(err error) bool {
	code := sqliteCode(err)
	return mysqlCode(err) == mysqlDuplicate || code == sqliteDuplicateKey || code == sqliteDuplicateElse
}

func mysqlCode(err error) uint16 {
	if e, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return e.Number
	}
	return 0
}

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

// repeated turns a refusal by the id that a form chose into [staff.ErrRepeated] and leaves other errors as they are.
func repeated(err error) error {
	if isDuplicate(err) {
		return staff.ErrRepeated
	}
	return err
}

// raced turns a refusal by a unique key into errRace and leaves other errors as they are.
func raced(err error) error {
	if isDuplicate(err) {
		return errRace
	}
	return err
}
