package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"renzheng/keyring"
	"renzheng/sql/store"
	"renzheng/todo"
)

// readCase reads a case from the database of a running sandbox, whose keys are in its data folder: no registry can ask a
// server who the signers of a case are.
func readCase(ctx context.Context, data, registryID, caseID string) (todo.Case, error) {
	content, err := os.ReadFile(filepath.Join(data, "config.json"))
	if err != nil {
		return todo.Case{}, fmt.Errorf("reading the settings of the sandbox, which make run writes: %w", err)
	}
	var settings struct{ Database, Keys string }
	if err = json.Unmarshal(content, &settings); err != nil {
		return todo.Case{}, fmt.Errorf("reading the settings of the sandbox: %w", err)
	}
	keys, err := os.ReadFile(settings.Keys)
	if err != nil {
		return todo.Case{}, fmt.Errorf("reading the keys of the sandbox: %w", err)
	}
	ring, err := keyring.Open(keys)
	if err != nil {
		return todo.Case{}, fmt.Errorf("opening the keys of the sandbox: %w", err)
	}
	db, err := store.Open(ctx, store.Config{DSN: settings.Database, Ring: ring, Clock: time.Now, Rand: rand.Reader})
	if err != nil {
		return todo.Case{}, fmt.Errorf("opening the database of the sandbox: %w", err)
	}
	found, err := db.Case(ctx, registryID, caseID)
	switch {
	case errors.Is(err, todo.ErrNotFound):
		err = fmt.Errorf("the registry %s has pushed no case %s", registryID, caseID)
	case err != nil:
		err = fmt.Errorf("reading the case: %w", err)
	}
	return found, errors.Join(err, db.Close())
}
