package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/store"
)

// spiderShards returns the data source names of BFF_TEST_SPIDER_SHARDS. If there are any, the server of
// BFF_TEST_MYSQL_DSN is the head of a Spider database, in which each database of a test is spread over them.
func spiderShards() []string { return strings.Fields(os.Getenv("BFF_TEST_SPIDER_SHARDS")) }

// spread makes the tables of an empty database at the head, with their rows on the shards.
func spread(tb testing.TB, head *sql.DB, name string, shards []string) error {
	tb.Helper()
	var nodes []string
	for i, dsn := range shards {
		if err := makeShard(tb, dsn, name); err != nil {
			return fmt.Errorf("preparing shard %d: %w", i+1, err)
		}
		nodes = append(nodes, fmt.Sprintf("shard%d", i+1)) // which scripts/spider.sh has told the head
	}
	return linkTables(tb.Context(), head, name, shards[0], nodes)
}

// makeShard creates and migrates the database on a shard, and drops it when the test ends.
func makeShard(tb testing.TB, dsn, name string) error {
	tb.Helper()
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return errors.New("its data source name does not read as one")
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	if _, err = db.ExecContext(tb.Context(), createDatabase(name)); err != nil {
		return errors.Join(err, db.Close())
	}
	tb.Cleanup(func() {
		_, failed := db.ExecContext(context.WithoutCancel(tb.Context()), "DROP DATABASE "+name)
		if failed = errors.Join(failed, db.Close()); failed != nil {
			tb.Error(failed)
		}
	})
	c.DBName = name
	s, err := store.Open(tb.Context(), store.Config{DSN: "mysql:" + c.FormatDSN(), Ring: NewRing(tb), Clock: Now, Rand: rand.Reader})
	if err != nil {
		return err
	}
	return errors.Join(s.Migrate(tb.Context()), s.Close())
}

var (
	engineClause = regexp.MustCompile(`(?s)\) ENGINE=InnoDB.*$`)
	uniqueKey    = regexp.MustCompile(`(?:PRIMARY|UNIQUE) KEY [^(]*\(([^)]*)\)`)
)

// linkTables makes for each table of a shard one at the head that is spread over all shards.
func linkTables(ctx context.Context, head *sql.DB, name, shard string, nodes []string) (err error) {
	db, err := sql.Open("mysql", shard)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := tablesOf(ctx, db, name)
	if err != nil {
		return err
	}
	for _, table := range tables {
		var definition string
		if err = db.QueryRowContext(ctx, "SHOW CREATE TABLE "+name+"."+table).Scan(&table, &definition); err != nil {
			return fmt.Errorf("reading the table %s: %w", table, err)
		}
		link := strings.Replace(engineClause.ReplaceAllString(definition, ") "+spiderClause(name, table, definition, nodes)),
			"CREATE TABLE `", "CREATE TABLE "+name+".`", 1)
		if _, err = head.ExecContext(ctx, link); err != nil {
			return fmt.Errorf("linking the table %s: %w", table, err)
		}
	}
	return nil
}

// spiderClause returns where the rows of a table are. MariaDB wants the column by which a table is spread in each of its
// unique keys; a table without such a column is on one shard as a whole.
func spiderClause(name, table, definition string, nodes []string) string {
	place := func(node string) string {
		return fmt.Sprintf(`COMMENT='wrapper "mysql", srv "%s", database "%s", table "%s"'`, node, name, table)
	}
	const options = "ENGINE=SPIDER DEFAULT CHARACTER SET ascii COLLATE ascii_bin "
	column := columnOfAllKeys(definition)
	if column == "" {
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(table))
		return options + place(nodes[int(hash.Sum32())%len(nodes)])
	}
	var parts []string
	for i, node := range nodes {
		parts = append(parts, fmt.Sprintf("PARTITION p%d %s", i, place(node)))
	}
	return options + "PARTITION BY KEY(" + column + ") (" + strings.Join(parts, ", ") + ")"
}

// columnOfAllKeys returns the first column that is in each unique key of a table, or "".
func columnOfAllKeys(definition string) string {
	keys := uniqueKey.FindAllStringSubmatch(definition, -1)
	if len(keys) == 0 {
		return ""
	}
	for column := range strings.SplitSeq(keys[0][1], ",") {
		everywhere := true
		for _, key := range keys[1:] {
			everywhere = everywhere && strings.Contains(","+key[1]+",", ","+column+",")
		}
		if everywhere {
			return column
		}
	}
	return ""
}

func tablesOf(ctx context.Context, db *sql.DB, name string) (tables []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1", name)
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var table string
		if err = rows.Scan(&table); err != nil {
			return nil, fmt.Errorf("listing the tables: %w", err)
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}
