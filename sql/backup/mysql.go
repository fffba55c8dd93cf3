package backup

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// copyMySQL has the vendor's tool write the statements that make the database. Two of our own enclose them: the first makes the
// table of the epoch, so that a half-loaded database is marked from the beginning, and the last says that it is complete.
func copyMySQL(ctx context.Context, o Options, source, partial string) (err error) {
	c, db, err := openMySQL(source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before, err := readMark(ctx, db)
	if err != nil {
		return err
	}
	head, err := headMySQL(ctx, db, before, o.Clock().UnixMilli())
	if err != nil {
		return err
	}
	total, err := sizeMySQL(ctx, db)
	if err != nil {
		return err
	}
	if err = createEmpty(partial); err != nil {
		return err
	}
	if err = (dump{config: c, to: partial, size: total, head: head}).write(ctx, o); err != nil {
		return err
	}
	if after, err := readMark(ctx, db); err != nil || after != before {
		return errors.Join(ErrChanged, err)
	}
	return nil
}

func openMySQL(dsn string) (*mysql.Config, *sql.DB, error) {
	c, err := mysql.ParseDSN(dsn)
	if err != nil || c.DBName == "" { // the cause may quote the password
		return nil, nil, errors.New("BFF_DATABASE must be mysql:USER:PASSWORD@tcp(HOST:3306)/NAME")
	}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, nil, errors.New("BFF_DATABASE contradicts itself")
	}
	return c, sql.OpenDB(connector), nil
}

// headMySQL returns the statements that make and fill the table of the epoch.
func headMySQL(ctx context.Context, db *sql.DB, m mark, copiedAt int64) (string, error) {
	var name, create string
	if err := db.QueryRowContext(ctx, "SHOW CREATE TABLE database_epoch").Scan(&name, &create); err != nil {
		return "", fmt.Errorf("reading the table of the epoch: %w", err)
	}
	return fmt.Sprintf("DROP TABLE IF EXISTS database_epoch;\n%s;\n"+
		"INSERT INTO database_epoch (id, epoch, began_at, state, copied_at, backup_digest, database_id) VALUES (1, %d, %d, 'loading', %d, '', '%s');\n",
		create, m.epoch, m.beganAt, copiedAt, strings.ReplaceAll(m.database, "'", "''")), nil
}

const tailMySQL = "UPDATE database_epoch SET state = 'copy' WHERE id = 1 AND state = 'loading';\n"

// sizeMySQL estimates how long the dump will be: binary columns take two characters a byte.
func sizeMySQL(ctx context.Context, db *sql.DB) (int64, error) {
	var size sql.NullFloat64
	err := db.QueryRowContext(ctx, "SELECT SUM(data_length) FROM information_schema.tables WHERE table_schema = DATABASE()").Scan(&size)
	if err != nil {
		return 0, fmt.Errorf("reading the size of the database: %w", err)
	}
	return int64(size.Float64), nil
}

// dump is one run of the tool.
type dump struct {
	config *mysql.Config
	to     string // file, which exists
	size   int64  // estimate
	head   string // statements before those of the tool
}

func (d dump) write(ctx context.Context, o Options) (err error) {
	f, err := os.OpenFile(d.to, os.O_WRONLY, fileMode)
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriter(f)
	if _, err = out.WriteString(d.head); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	stop := watch(d.to, d.size, o.Progress)
	err = tool{names: []string{"mariadb-dump", "mysqldump"}, config: d.config, stdout: out}.run(ctx,
		"--single-transaction", "--quick", "--hex-blob", "--skip-lock-tables", "--skip-add-locks", "--no-tablespaces",
		"--max-allowed-packet=1G", "--default-character-set=utf8mb4", "--loose-set-gtid-purged=OFF",
		"--ignore-table="+d.config.DBName+".database_epoch", d.config.DBName)
	stop()
	if err == nil {
		_, err = out.WriteString(tailMySQL)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	return nil
}

// loadMySQL runs the statements of a dump in a database that is empty, or has a copy, which is dropped first.
func loadMySQL(ctx context.Context, o Options, target string) (err error) {
	c, db, err := openMySQL(target)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err = dropCopy(ctx, db); err != nil {
		return err
	}
	f, total, err := open(o.File)
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = tool{
		names: []string{"mariadb", "mysql"}, config: c, stdout: io.Discard,
		stdin: &counted{Reader: f, total: total, report: o.Progress, clock: o.Clock},
	}.run(ctx, "--max-allowed-packet=1G", "--default-character-set=utf8mb4", "--binary-mode", c.DBName)
	if err != nil {
		return fmt.Errorf("loading the backup: %w", err)
	}
	return nil
}

// dropCopy drops the tables of a copy. The mark goes last, so that what is left of a copy stays marked.
func dropCopy(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `SELECT table_name FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name = 'database_epoch', table_name`)
	if err != nil {
		return fmt.Errorf("looking at the database: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var name string
		if err = rows.Scan(&name); err != nil {
			return fmt.Errorf("looking at the database: %w", err)
		}
		tables = append(tables, name)
	}
	if err = rows.Err(); err != nil || len(tables) == 0 {
		return err
	}
	if err = replaceable(ctx, db); err != nil {
		return err
	}
	for _, name := range tables {
		if _, err = db.ExecContext(ctx, "DROP TABLE `"+strings.ReplaceAll(name, "`", "``")+"`"); err != nil {
			return fmt.Errorf("dropping the former copy: %w", err)
		}
	}
	return nil
}

// portOf splits the address of a server.
func portOf(address string) (host string, port int) {
	i := strings.LastIndexByte(address, ':')
	if i < 0 {
		return address, 0
	}
	port, _ = strconv.Atoi(address[i+1:]) // the driver has checked it
	return strings.Trim(address[:i], "[]"), port
}
