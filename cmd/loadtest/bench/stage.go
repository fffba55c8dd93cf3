package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/harness"
)

// stage is one engine with a seeded database, the world around it, and the two
// processes that are compared.
type stage struct {
	options Options
	place   scratch.Place
	world   *harness.World
	files   files
	bare    string // the bare handlers' database, as BFF_DATABASE has it
	seeds   seeds
	logs    *os.File
}

// newStage makes and seeds both databases.
func newStage(ctx context.Context, o Options, p scratch.Place) (*stage, error) {
	s := &stage{options: o, place: p}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

func (s *stage) prepare(ctx context.Context) error {
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
	s.world, err = harness.New(ctx, harness.Options{Data: s.place.Folder, Database: s.files.database, Settings: harness.Settings{
		"BFF_REGISTRIES":       s.files.registries,
		"BFF_REQUESTS_PER_MIN": "100000000", // all load comes from one address
	}})
	if err != nil {
		return fmt.Errorf("making a world: %w", err)
	}
	s.files.keys = s.world.Settings["BFF_KEYS"]
	return s.seed(ctx)
}

// seed fills the server's database and copies it for the bare handlers.
func (s *stage) seed(ctx context.Context) error {
	begun := time.Now()
	office, err := openOffice(ctx, s.files, nil)
	if err != nil {
		return err
	}
	needed := (s.options.Rounds + warmUps) * s.options.Answers
	if s.seeds, err = office.seed(ctx, s.options.Persons, needed); err != nil {
		return errors.Join(fmt.Errorf("filling the database: %w", err), office.store.Close())
	}
	if err = office.store.Close(); err != nil {
		return err
	}
	copied := s.files
	copied.database = s.bare
	if office, err = openOffice(ctx, copied, nil); err != nil { // makes the tables
		return err
	}
	if err = office.store.Close(); err != nil {
		return err
	}
	if err = copyDatabase(ctx, s.files.database, s.bare); err != nil {
		return fmt.Errorf("copying the database: %w", err)
	}
	return s.say("%s: %d verified confirmations made in %.0f s", s.place.Engine, needed, time.Since(begun).Seconds())
}

func (s *stage) say(format string, args ...any) error { return say(s.options.Out, format, args...) }

func say(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintf(w, format+"\n", args...)
	return err
}

// startServer starts the real program.
func (s *stage) startServer(ctx context.Context) (*harness.Server, error) {
	server, err := s.world.Start(ctx, harness.Program{Path: s.options.BFF, Logs: s.logs})
	if err != nil {
		return nil, fmt.Errorf("starting the server: %w", err)
	}
	return server, nil
}

// close takes away what was made, whether or not the run was ended.
func (s *stage) close(ctx context.Context) error {
	var problems []error
	if s.world != nil {
		problems = append(problems, s.world.Close())
	}
	if s.logs != nil {
		problems = append(problems, s.logs.Close())
	}
	for _, address := range []string{s.files.database, s.bare} {
		problems = append(problems, s.place.Drop(ctx, address))
	}
	return errors.Join(problems...)
}
