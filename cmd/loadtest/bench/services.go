package bench

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/providers/registry"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// The registry of a measurement pulls its events, so that pushing them to a
// simulated one takes nothing from the machine.
const (
	registryID   = "bench"
	registryName = "样例登记机关（模拟）"
)

// unusedKey is the public key that a registry needs. This one signs no request.
const unusedKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"

// writeRegistries writes the file of registries.
func writeRegistries(path string) error {
	type object map[string]any
	content, err := json.Marshal(object{"registries": []object{{"id": registryID, "name": registryName, "keys": []object{{
		"id": registryID, "alg": "ed25519", "public_key": unusedKey,
	}}}}})
	if err != nil {
		return fmt.Errorf("encoding the file of registries: %w", err)
	}
	return os.WriteFile(path, content, 0o600)
}

// files are the files that services and a server share.
type files struct {
	database   string // as BFF_DATABASE has it
	keys       string
	registries string
}

// services is the server's own rules on its own store, inside this process, with
// third parties that accept every person.
type services struct {
	store         *store.Store
	sessions      *session.Service
	verifications *verification.Service
	todos         *todo.Service
	registries    *registry.Directory
	ring          *keyring.Keyring
}

// openServices opens the database of a server and brings it up to date.
func openServices(ctx context.Context, f files, wrap func(driver.Connector) driver.Connector) (*services, error) {
	o := &services{}
	content, err := os.ReadFile(f.keys)
	if err == nil {
		o.ring, err = keyring.Open(content)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the keys: %w", err)
	}
	if content, err = os.ReadFile(f.registries); err == nil {
		o.registries, err = registry.LoadFile(content)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the registries: %w", err)
	}
	o.store, err = store.Open(ctx, store.Config{DSN: f.database, Ring: o.ring, Clock: time.Now, Rand: rand.Reader, Wrap: wrap})
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := errors.Join(o.store.Migrate(ctx), o.store.RegisterKeys(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("preparing the database: %w", err), o.store.Close())
	}
	if err := o.wire(); err != nil {
		return nil, errors.Join(err, o.store.Close())
	}
	return o, nil
}

// wire makes the rules as the server does.
func (o *services) wire() error {
	p, err := policy.Default()
	if err != nil {
		return fmt.Errorf("reading the policy: %w", err)
	}
	notices, err := notice.Default()
	if err != nil {
		return fmt.Errorf("reading the notices: %w", err)
	}
	logger := slog.New(slog.DiscardHandler)
	o.sessions = session.New(session.Deps{
		Sessions: o.store, Prefills: o.store, Keys: o.store,
		Authorizers: map[identity.Channel]session.Authorizer{identity.Alipay: everybody{}},
		Clock:       time.Now, Rand: rand.Reader,
	})
	o.verifications = verification.New(verification.Deps{
		Store:     o.store,
		Prefills:  noPrefills{},
		Faces:     map[string]verification.FaceChecker{"alipay": everybody{}},
		BankCards: map[string]verification.BankCardChecker{"tencentcloud": everybody{}},
		Policy:    p, Notices: notices, Limits: wideLimits(),
		Clock: time.Now, Rand: rand.Reader, Logger: logger,
	})
	o.todos = todo.New(todo.Deps{
		Cases: o.store, CaseList: o.store, Todos: o.store, Answers: o.store, Windows: o.store, Records: o.store, Events: o.store, Upkeep: o.store, Notifications: o.store,
		Registries: o.registries, PortraitLife: 180 * 24 * time.Hour, Clock: time.Now, Rand: rand.Reader, Logger: logger,
	})
	return nil
}

// wideLimits returns limits that a measurement does not reach.
func wideLimits() policy.Limits {
	wide := policy.Limit{Tries: 1_000_000, Window: 24 * time.Hour}
	return policy.Limits{
		Face: wide, FaceStarts: wide, FaceOfSubject: wide, BankCard: wide, BankCardStarts: wide,
		BankCardOfSubject: wide, Card: wide, Subjects: wide, Starts: wide, Consents: wide,
	}
}
