package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrNotDurable says that the engine acknowledges what a power cut could take back.
var ErrNotDurable = errors.New("the database must run with innodb_flush_log_at_trx_commit = 1: acknowledged means flushed")

// Durable reports whether a committed transaction is on disk (R23). SQLite is opened so; of InnoDB it is the server's own
// setting, which an operator may have changed for speed.
//
// Errors: [ErrNotDurable]. Engines that have no such variable flush in their own way and pass.
func (s *Store) Durable(ctx context.Context) error {
	if s.dialect != mysqlDialect {
		return nil
	}
	var setting []struct {
		Name  string `db:"Variable_name"`
		Value string `db:"Value"`
	}
	const query = "SHOW GLOBAL VARIABLES LIKE 'innodb_flush_log_at_trx_commit'"
	if err := s.write.SelectContext(ctx, &setting, query); err != nil {
		return fmt.Errorf("asking how the database flushes: %w", err)
	}
	if len(setting) == 1 {
		return flushes(setting[0].Value)
	}
	return nil
}

func flushes(setting string) error {
	if setting != "1" {
		return ErrNotDurable
	}
	return nil
}
