package storetest_test

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// mariaDB is a server for one test. The test may change its global settings, which on the shared server would disturb
// all other tests.
type mariaDB struct {
	socket string
	root   *sql.DB
	stop   func() // idempotent
}

// privateMariaDB starts a server with the script that starts the shared one. It has the database "renzheng" and the user
// "app", who is not an administrator, because read_only does not apply to administrators.
func privateMariaDB(t *testing.T) *mariaDB {
	t.Helper()
	const script = `set -euo pipefail; . scripts/packages.sh; . scripts/mariadb.sh; trap mariadb_stop EXIT
		mariadb_start >&2; printf '%s\n' "$mariadb_dir/s"; read -r || true`
	command := exec.CommandContext(context.WithoutCancel(t.Context()), "bash", "-c", script)
	command.Dir, command.Stderr = "../..", os.Stderr
	stdin, inErr := command.StdinPipe()
	stdout, outErr := command.StdoutPipe()
	if inErr != nil || outErr != nil {
		t.Fatal(inErr, outErr)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	server := &mariaDB{}
	server.stop = sync.OnceFunc(func() {
		if server.root != nil {
			_ = server.root.Close()
		}
		_ = stdin.Close() // ends the script, which stops the server; the end of this process does the same
		_, _ = io.Copy(io.Discard, stdout)
		_ = command.Wait()
	})
	t.Cleanup(server.stop)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("starting a private MariaDB: %v", err)
	}
	server.socket = strings.TrimSpace(line)
	if server.root, err = sql.Open("mysql", "root@unix("+server.socket+")/"); err != nil {
		t.Fatal(err)
	}
	server.exec(t, "CREATE DATABASE renzheng CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	server.exec(t, "CREATE USER app@localhost")
	server.exec(t, "GRANT ALL ON renzheng.* TO app@localhost")
	return server
}

func (m *mariaDB) exec(t *testing.T, statement string) {
	t.Helper()
	if _, err := m.root.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// virtualAddress is the address that a failover moves from one server to another. Open connections stay on their server.
type virtualAddress struct {
	name   string
	socket atomic.Pointer[string]
}

func newVirtualAddress(t *testing.T, at *mariaDB) *virtualAddress {
	t.Helper()
	a := &virtualAddress{name: strings.ReplaceAll(t.Name(), "_", "-")}
	a.moveTo(at)
	mysql.RegisterDialContext(a.name, func(ctx context.Context, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", *a.socket.Load())
	})
	t.Cleanup(func() { mysql.DeregisterDialContext(a.name) })
	return a
}

func (a *virtualAddress) moveTo(server *mariaDB) { a.socket.Store(&server.socket) }

// dsn returns what an operator configures. It does not change with a failover.
func (a *virtualAddress) dsn() string { return "mysql:app@" + a.name + "(primary)/renzheng" }
