package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/harness"
)

// fixture is one engine with a seeded database, the sandbox around it, and the two
// processes that are compared.
type fixture struct {
	options Options
	place   scratch.Place
	sandbox *harness.Sandbox
	files   files
	bare    string // the bare handlers' database, as BFF_DATABASE has it
	seeds   seeds
	logs    *os.File
}

// newFixture makes and seeds both databases.
func newFixture(ctx context.Context, o Options, p scratch.Place) (*fixture, error) {
	s := &fixture{options: o, place: p}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

func (s *fixture) prepare(ctx context.Context) error {
	var err error
	s.files.registries = filepath.Join(s.place.Folder, "pulling.json")
	if err = writeRegistries(s.files.registries); err != nil {
		return err
	}
	if s.logs, err = os.Create(filepath.Join(s.place.Folder, "bff.log")); err != nil {
		return fmt.Errorf("making a log: %w", err)
	}
	if s.files.database, err = s.place.Create(ctx, "bench"); err != nil {
		return err
	}
	if s.bare, err = s.place.Create(ctx, "bare"); err != nil {
		return err
	}
	s.sandbox, err = harness.New(ctx, harness.Options{Data: s.place.Folder, Database: s.files.database, Settings: harness.Settings{
		"BFF_REGISTRIES":       s.files.registries,
		"BFF_REQUESTS_PER_MIN": "100000000", // all load comes from one address
	}})
	if err != nil {
		return fmt.Errorf("making a sandbox: %w", err)
	}
	s.files.keys = s.sandbox.Settings["BFF_KEYS"]
	return s.seed(ctx)
}

// seed fills the server's database and copies it for the bare handlers.
func (s *fixture) seed(ctx context.Context) error {
	begun := time.Now()
	services, err := openServices(ctx, s.files, nil)
	if err != nil {
		return err
	}
	needed := (s.options.Rounds + warmUps) * s.options.Answers
	if s.seeds, err = services.seed(ctx, 0, s.options.Persons, needed); err != nil {
		return errors.Join(fmt.Errorf("filling the database: %w", err), services.store.Close())
	}
	if err = services.store.Close(); err != nil {
		return err
	}
	copied := s.files
	copied.database = s.bare
	if services, err = openServices(ctx, copied, nil); err != nil { // makes the tables
		return err
	}
	if err = services.store.Close(); err != nil {
		return err
	}
	if err = copyDatabase(ctx, s.files.database, s.bare); err != nil {
		return fmt.Errorf("copying the database: %w", err)
	}
	if err = makePlain(ctx, s.bare, s.seeds.reader.token); err != nil {
		return err
	}
	return s.say("%s: %d verified confirmations made in %.0f s", s.place.Engine, needed, time.Since(begun).Seconds())
}

func (s *fixture) say(format string, args ...any) error { return say(s.options.Out, format, args...) }

// startServer starts the real program.
func (s *fixture) startServer(ctx context.Context) (*harness.Server, error) {
	server, err := s.sandbox.Start(ctx, harness.Program{Path: s.options.BFF, Logs: s.logs})
	if err != nil {
		return nil, fmt.Errorf("starting the server: %w", err)
	}
	return server, nil
}

// close takes away what was made, whether or not the run was ended.
func (s *fixture) close(ctx context.Context) error {
	var problems []error
	if s.sandbox != nil {
		problems = append(problems, s.sandbox.Close())
	}
	if s.logs != nil {
		problems = append(problems, s.logs.Close())
	}
	for _, address := range []string{s.files.database, s.bare} {
		problems = append(problems, s.place.Drop(ctx, address))
	}
	return errors.Join(problems...)
}
