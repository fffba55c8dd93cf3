package cluster

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"

	"renzheng/cmd/loadtest/scratch"
)

const nodeCount = 3

// nodes are the databases of the cluster, by number from 1.
type nodes struct{ script, folder, database string }

// server is a data source name without a database.
func (n nodes) server(node int) string {
	return "root@unix(" + filepath.Join(n.folder, strconv.Itoa(node), "s") + ")/"
}

// address is a node as BFF_DATABASE has it.
func (n nodes) address(node int) string { return "mysql:" + n.server(node) + n.database }

// kill ends a node with SIGKILL.
func (n nodes) kill(ctx context.Context, node int) error { return n.call(ctx, "kill", node) }

// start brings a node back and returns when it has caught up.
func (n nodes) start(ctx context.Context, node int) error { return n.call(ctx, "start", node) }

func (n nodes) call(ctx context.Context, what string, node int) error {
	command := exec.CommandContext(ctx, n.script, what, n.folder, strconv.Itoa(node))
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s of node %d: %w\n%s", what, node, err, said)
	}
	return nil
}

// open returns one connection to a node, which sees what any node has committed.
func (n nodes) open(ctx context.Context, node int) (*sql.DB, error) {
	db, err := scratch.Open(n.address(node))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err = db.ExecContext(ctx, "SET SESSION wsrep_sync_wait = 7"); err != nil {
		return nil, errors.Join(fmt.Errorf("asking node %d: %w", node, err), db.Close())
	}
	return db, nil
}
