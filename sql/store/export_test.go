package store

import (
	"context"
	"database/sql/driver"
	"io"
)

// The encoding of what is read for every request.
var (
	JoinParts  = joinParts
	SplitParts = splitParts
)

// Flushes judges a server's setting.
var Flushes = flushes

// PrepareSession is what each connection begins with.
var PrepareSession = prepareSession

// Retry runs do as a transaction of a store with this randomness would be.
func Retry(ctx context.Context, random io.Reader, do func() error) error {
	return (&Store{rand: random}).retry(ctx, do)
}

// ReadGrants reads the statements of SHOW GRANTS.
func ReadGrants(grants []string, database string) (missing []string, super bool) {
	return readGrants(grants, database)
}

// NeededPrivileges are those that serving and migrating use.
func NeededPrivileges() []string { return neededPrivileges() }

// MaxCachedStatements is the limit of the cache of the connection that writes.
const MaxCachedStatements = maxCachedStatements

// ConnectCaching connects to SQLite as the store does to write.
func ConnectCaching(ctx context.Context, c driver.Connector) (*cachingConn, error) {
	conn, err := cachingConnector{c}.Connect(ctx)
	writing, _ := conn.(*cachingConn)
	return writing, err
}

// CachingConnector returns the connector of the connection that writes to SQLite.
func CachingConnector(c driver.Connector) driver.Connector { return cachingConnector{c} }

// Cached returns the number of statements in the cache.
func (c *cachingConn) Cached() int { return len(c.statements) }

// SkewAt returns the least skew of a clock.
var SkewAt = skewAt

// SealedColumns returns the sealed columns, by table and name, that a person's copy can open.
func SealedColumns() map[string]bool {
	names := map[string]bool{}
	for name := range openers() {
		names[name] = true
	}
	return names
}
