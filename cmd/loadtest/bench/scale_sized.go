package bench

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// sized is a database of one size, the sandbox around it and the server on it.
type sized struct {
	options  ScaleOptions
	todos    int
	place    scratch.Place
	files    files
	sandbox  *harness.Sandbox
	logs     *os.File
	key      ed25519.PrivateKey
	server   *harness.Server
	side     side
	registry *registrytest.Client

	readers []client // each with a full list
	details []string // a todo of each reader
	pushed  int
}

// Serials of persons: the sample's are first, then come those who confirm, then those who read.
const (
	afterSample    = 10
	afterSeeds     = 1000
	personsOfRound = listLength + 1
)

// prepare makes the database and fills it.
func (s *sized) prepare(ctx context.Context, place scratch.Place) (err error) {
	s.place, s.files.registries = place, filepath.Join(place.Folder, "pulling.json")
	if err = os.MkdirAll(place.Folder, 0o700); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	if s.logs, err = os.Create(filepath.Join(place.Folder, "bff.log")); err != nil {
		return fmt.Errorf("making a log: %w", err)
	}
	if s.key, err = writeOwnRegistry(s.files.registries); err != nil {
		return err
	}
	if s.files.database, err = place.Create(ctx, "scale"); err != nil {
		return err
	}
	s.sandbox, err = harness.New(ctx, harness.Options{Data: place.Folder, Database: s.files.database, Settings: harness.Settings{
		"BFF_REGISTRIES": s.files.registries, "BFF_REQUESTS_PER_MIN": "100000000", "BFF_LOG_LEVEL": "warn",
	}})
	if err != nil {
		return fmt.Errorf("making a sandbox: %w", err)
	}
	s.files.keys = s.sandbox.Settings["BFF_KEYS"]
	return s.fill(ctx)
}

// writeOwnRegistry writes the file of one registry that pulls its events, and returns its key.
func writeOwnRegistry(path string) (ed25519.PrivateKey, error) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("encoding a key: %w", err)
	}
	type object map[string]any
	content, err := json.Marshal(object{"registries": []object{{"id": registryID, "name": registryName, "keys": []object{{
		"id": registryID, "alg": "ed25519", "public_key": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
	}}}}})
	if err != nil {
		return nil, fmt.Errorf("encoding the file of registries: %w", err)
	}
	return private, os.WriteFile(path, content, 0o600)
}

// fill makes one answered case, copies it until there are enough todos, and adds the
// persons who are measured, whose rows so lie anywhere among the others.
func (s *sized) fill(ctx context.Context) (err error) {
	begun := time.Now()
	o, err := openServices(ctx, s.files, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.store.Close()) }()
	sample, err := o.seed(ctx, 0, 1, 1)
	if err != nil {
		return fmt.Errorf("making the sample: %w", err)
	}
	if err = s.answer(ctx, sample.confirmations[0]); err != nil {
		return fmt.Errorf("answering the sample: %w", err)
	}
	if err = flushAtCommit(ctx, s.options.MySQL, false); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, flushAtCommit(ctx, s.options.MySQL, true)) }()
	if err = copySample(ctx, s.files.database, sample.confirmations[0].todoID, s.todos, s.options.Out); err != nil {
		return fmt.Errorf("copying the sample: %w", err)
	}
	if err = s.seedReaders(ctx, o); err != nil {
		return err
	}
	return say(s.options.Out, "%s todos made in %.0f s", short(s.todos), time.Since(begun).Seconds())
}

// answer sends one confirmation to a server, and waits until its event has its place.
func (s *sized) answer(ctx context.Context, c confirmation) (err error) {
	if err = s.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.server.Stop()) }()
	sent, err := c.shot()
	if err != nil {
		return err
	}
	if err = s.side.fire(ctx, sent); err != nil {
		return err
	}
	return waitForWorkers(ctx, s.files.database)
}

// seedReaders makes persons with a full list.
func (s *sized) seedReaders(ctx context.Context, o *services) error {
	for i := range s.options.Readers {
		p, _ := people.New(people.Passes, afterSeeds+i, time.Now())
		reader, err := o.admit(ctx, p)
		if err != nil {
			return fmt.Errorf("making a reader: %w", err)
		}
		s.readers = append(s.readers, reader)
	}
	for i := range listLength {
		for j := range (len(s.readers) + listLength - 1) / listLength {
			signers := s.readers[j*listLength : min((j+1)*listLength, len(s.readers))]
			opened, err := o.push(ctx, fmt.Sprintf("reader-%d-%d", i, j), signers)
			if err != nil {
				return err
			}
			if i == 0 {
				s.details = append(s.details, opened...)
			}
		}
	}
	return nil
}

// seedConfirmations makes the confirmations of one round, with persons of its own.
func (s *sized) seedConfirmations(ctx context.Context, round int) (_ []confirmation, err error) {
	o, err := openServices(ctx, s.files, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.store.Close()) }()
	made, err := o.seed(ctx, afterSample+round*personsOfRound, listLength, s.options.Writes)
	return made.confirmations, err
}

// start starts the server.
func (s *sized) start(ctx context.Context) (err error) {
	if s.server, err = s.sandbox.Start(ctx, harness.Program{Path: s.options.BFF, Logs: s.logs}); err != nil {
		said, _ := os.ReadFile(s.logs.Name())
		return fmt.Errorf("starting the server: %w\n%s", err, said)
	}
	s.side = newSide(s.server.URL, s.server.Process(), s.options.Parallel)
	s.registry = &registrytest.Client{BaseURL: s.server.URL, HTTP: &http.Client{Timeout: s.side.client.Timeout}, Signer: &registrytest.Signer{
		KeyID: registryID, Key: s.key, Authority: strings.TrimPrefix(harness.Issuer, "sandbox://"), Clock: time.Now,
	}}
	return nil
}

func (s *sized) close(ctx context.Context) error {
	var problems []error
	if s.server != nil {
		problems = append(problems, s.server.Stop())
	}
	if s.sandbox != nil {
		problems = append(problems, s.sandbox.Close())
	}
	if s.logs != nil {
		problems = append(problems, s.logs.Close())
	}
	return errors.Join(append(problems, s.place.Drop(ctx, s.files.database))...)
}
