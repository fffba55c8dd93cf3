package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/test/journey"
	"renzheng/test/people"
)

// journeyCommand plays stories against a running server.
type journeyCommand struct {
	Server   string        `help:"Address of the API." default:"http://127.0.0.1:8080"`
	Sandbox  string        `help:"Address of the simulated third parties." default:"http://127.0.0.1:8090"`
	People   []string      `help:"Whose stories: fates, or the beginnings of channel/document/fate (see docs/sandbox.md); all by default."`
	Repeat   int           `help:"How often each story is played, each time by a new person." default:"1"`
	Parallel int           `help:"How many persons act at a time." default:"4"`
	Patience time.Duration `help:"How long calls to a server that does not answer are repeated." default:"10s"`
}

// Run returns an error if a story does not go as documented.
func (c journeyCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	roles, err := people.Choose(c.People...)
	if err != nil {
		return err
	}
	result, err := journey.Run(ctx, journey.Options{
		Server: c.Server, Sandbox: c.Sandbox, Roles: roles, Repeat: c.Repeat, Parallel: c.Parallel,
		Patience: c.Patience, Out: os.Stdout,
	})
	if err != nil {
		return err
	}
	if len(result.Differences) > 0 {
		return errors.New("not every story went as documented")
	}
	return nil
}
