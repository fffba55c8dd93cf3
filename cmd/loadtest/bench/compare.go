package bench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"time"

	"renzheng/cmd/loadtest/scratch"
)

// round runs one load against a side.
type round func(ctx context.Context, s side, n int) (pace, error)

// compare lets both sides run in turn and prints the ratio of their medians.
func (s *fixture) compare(ctx context.Context, name string, run round) (err error) {
	server, err := s.startServer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	bare, err := startBare(ctx, s.options.Self, s.bare, s.logs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop()) }()
	ours, theirs := newSide(server.URL, server.Process(), s.options.Parallel), newSide(bare.url, bare.command.Process.Pid, s.options.Parallel)
	theirs.bare = true
	var ourPaces, theirPaces []pace
	for n := range s.options.Rounds + warmUps {
		our, ourErr := run(ctx, ours, n)
		if err = errors.Join(ourErr, s.quiet(ctx)); err != nil {
			return err
		}
		their, theirErr := run(ctx, theirs, n)
		if theirErr != nil {
			return theirErr
		}
		if n >= warmUps {
			ourPaces, theirPaces = append(ourPaces, our), append(theirPaces, their)
		}
	}
	our, their := medianPace(ourPaces), medianPace(theirPaces)
	if err = s.say("%s %s: server %.0f/s at %.0f µs of processor each, bare %.0f/s at %.0f µs", name, s.place.Engine,
		our.perSecond, our.cpuMicros, their.perSecond, their.cpuMicros); err != nil {
		return err
	}
	return s.say("ratio: %s %s %.2f", name, s.place.Engine, our.perSecond/their.perSecond)
}

// compareReads measures the session and the list of twenty todos: against handlers that read the same rows, and against
// the plain program.
func (s *fixture) compareReads(ctx context.Context) error {
	for _, c := range []struct{ name, path, other string }{
		{"session", "/v1/session", "/v1/session"},
		{"todos", "/v1/todos", "/v1/todos"},
		{"plain-session", "/v1/session", "/plain/session"},
		{"plain-todos", "/v1/todos", "/plain/todos"},
	} {
		read := shot{method: http.MethodGet, path: c.path, token: s.seeds.reader.token, want: http.StatusOK}
		err := s.compare(ctx, c.name, func(ctx context.Context, side side, _ int) (pace, error) {
			sent := read
			if side.bare {
				sent.path = c.other
			}
			return side.repeat(ctx, sent, s.options.Parallel, s.options.ReadTime)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// compareConfirmations measures confirmations, each of a todo of its own. Both
// sides have all of them: in a database of their own.
func (s *fixture) compareConfirmations(ctx context.Context) error {
	shots := make([]shot, len(s.seeds.confirmations))
	for i, c := range s.seeds.confirmations {
		var err error
		if shots[i], err = c.shot(); err != nil {
			return err
		}
	}
	err := s.compare(ctx, "confirmation", func(ctx context.Context, side side, n int) (pace, error) {
		return side.volley(ctx, shots[n*s.options.Answers:(n+1)*s.options.Answers], s.options.Parallel)
	})
	if err != nil {
		return err
	}
	return s.compareRowSizes(ctx)
}

// compareRowSizes returns an error if the rows of both sides are not about as long:
// then the comparison was not fair.
func (s *fixture) compareRowSizes(ctx context.Context) error {
	const near = 0.02
	ours, err := confirmationSizes(ctx, s.files.database)
	if err != nil {
		return err
	}
	theirs, err := confirmationSizes(ctx, s.bare)
	if err != nil {
		return err
	}
	var problems []error
	for i, column := range sizedColumns() {
		if math.Abs(theirs[i]/ours[i]-1) > near {
			problems = append(problems, fmt.Errorf("%s has %.0f bytes on average, the bare handler's %.0f: adjust bare_confirm.go", column, ours[i], theirs[i]))
		}
	}
	return errors.Join(problems...)
}

func sizedColumns() []string { return []string{"receipt", "openings_cipher", "strokes_cipher"} }

// confirmationSizes returns the average length of each sized column.
func confirmationSizes(ctx context.Context, database string) ([]float64, error) {
	db, err := scratch.Open(database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	sizes := make([]float64, len(sizedColumns()))
	for i, column := range sizedColumns() {
		err := db.QueryRowContext(ctx, "SELECT AVG(LENGTH("+column+")) FROM confirmations").Scan(&sizes[i])
		if err != nil {
			return nil, fmt.Errorf("measuring %s: %w", column, err)
		}
	}
	return sizes, nil
}

// quiet waits until the server's workers have nothing left to do, so that they
// take nothing from the other side's round.
func (s *fixture) quiet(ctx context.Context) error { return waitForWorkers(ctx, s.files.database) }

// waitForWorkers waits until every event of a database has its place and is delivered.
func waitForWorkers(ctx context.Context, database string) error {
	db, err := scratch.Open(database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for {
		var waiting int
		err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM events WHERE position IS NULL OR delivery_state = 'pending'`).Scan(&waiting)
		if err != nil || waiting == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
