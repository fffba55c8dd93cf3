package bench

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"renzheng/cmd/loadtest/scratch"
)

func cores() int { return runtime.NumCPU() }

// bare is a handler as one would write it in an afternoon: the same reads and
// the same writes, with no rule, no encryption and no contract around them.
type bare struct {
	write   *sql.DB
	session *sql.Stmt
	list    *sql.Stmt
	key     *ecdsa.PrivateKey
	todos   map[string]bareTodo
	plain   *plain
}

// bareTodo is what a row of confirmations repeats of its todo.
type bareTodo struct {
	caseRow, registryID, caseID, signerID, subjectID string
}

// ServeBare serves the bare handlers on a free loopback address, which it
// prints, until ctx ends.
func ServeBare(ctx context.Context, database string, out io.Writer) error {
	b, err := openBare(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = b.write.Close() }()
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/v1/session", b.getSession)
	router.GET("/v1/todos", b.listTodos)
	router.GET("/plain/session", b.plain.getSession)
	router.GET("/plain/todos", b.plain.listTodos)
	router.POST("/v1/todos/:id/confirmation", b.confirm)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	server := &http.Server{Handler: router, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err = say(out, "http://%s", listener.Addr()); err != nil {
		return err
	}
	if err = server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the bare handlers: %w", err)
	}
	return nil
}

// openBare opens connections as the store does: SQLite with one that writes and
// some that read.
func openBare(ctx context.Context, database string) (*bare, error) {
	write, err := scratch.Open(database)
	if err != nil {
		return nil, err
	}
	read := write
	if strings.HasPrefix(database, "sqlite:") {
		if read, err = scratch.Open(database); err != nil {
			return nil, err
		}
		write.SetMaxOpenConns(1)
		readers := max(4, runtime.GOMAXPROCS(0))
		read.SetMaxOpenConns(readers)
		read.SetMaxIdleConns(readers)
	} else {
		write.SetMaxOpenConns(32)
		write.SetMaxIdleConns(32)
	}
	b := &bare{write: write}
	if b.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	if b.session, err = read.PrepareContext(ctx, bareSession); err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	if b.list, err = read.PrepareContext(ctx, bareList); err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	if b.plain, err = openPlain(ctx, read); err != nil {
		return nil, err
	}
	return b, b.readTodos(ctx)
}

// readTodos learns beforehand what the server reads for each confirmation: the
// bare handler only writes.
func (b *bare) readTodos(ctx context.Context) error {
	rows, err := b.write.QueryContext(ctx, "SELECT id, case_row, registry_id, case_id, signer_id, subject_id FROM todos")
	if err != nil {
		return fmt.Errorf("reading the todos: %w", err)
	}
	defer func() { _ = rows.Close() }()
	b.todos = map[string]bareTodo{}
	for rows.Next() {
		var id string
		var t bareTodo
		if err := rows.Scan(&id, &t.caseRow, &t.registryID, &t.caseID, &t.signerID, &t.subjectID); err != nil {
			return fmt.Errorf("reading a todo: %w", err)
		}
		b.todos[id] = t
	}
	return rows.Err()
}
