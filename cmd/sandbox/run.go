package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"text/template"

	"renzheng/cmd/sandbox/harness"
)

// runCommand runs the server in a simulated world.
type runCommand struct {
	BFF     string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Data    string `help:"Folder of keys, settings and database; kept between runs." default:"data" type:"path"`
	Listen  string `help:"Address of the API, loopback." default:"127.0.0.1:8080"`
	Admin   string `help:"Address of metrics and profiles, loopback." default:"127.0.0.1:9090"`
	Sandbox string `help:"Address of the simulated third parties, loopback." default:"127.0.0.1:8090"`
}

// Run runs until a signal, which it passes on to the server.
func (c runCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	world, err := harness.New(ctx, harness.Options{Data: c.Data, Listen: c.Sandbox, API: c.Listen})
	if err != nil {
		return err
	}
	defer func() { _ = world.Close() }()
	if err := harness.Free(ctx, c.Listen, c.Admin); err != nil {
		return err
	}
	server, err := world.Start(ctx, harness.Program{Path: c.BFF, Admin: c.Admin, Logs: os.Stderr})
	if err != nil {
		return err
	}
	if err := c.prepare(ctx, world, server); err != nil {
		return errors.Join(err, server.Stop())
	}
	select {
	case <-ctx.Done():
		return server.Stop()
	case <-server.Ended():
		return errors.New("the server has ended by itself; its last words are above")
	}
}

// prepare leaves the settings for other commands, pushes sample cases and says
// where everything is.
func (c runCommand) prepare(ctx context.Context, world *harness.World, server *harness.Server) error {
	file, err := server.Settings.File()
	if err != nil {
		return err
	}
	settings := filepath.Join(c.Data, "config.json")
	if err := os.WriteFile(settings, file, 0o600); err != nil {
		return fmt.Errorf("writing the settings: %w", err)
	}
	if err := world.PushSamples(ctx); err != nil {
		return err
	}
	return greet(os.Stdout, greeting{API: server.URL, Admin: server.Admin, Sandbox: world.URL, Settings: settings})
}

// greeting is where everything is.
type greeting struct{ API, Admin, Sandbox, Settings string }

const greetingText = `
  模拟环境已就绪 · The sandbox is ready. Nothing in it is real.

    API              {{.API}}
    docs page        {{.API}}/docs
    sandbox          {{.Sandbox}}/            all pages and the sample persons
    registry         {{.Sandbox}}/registry/   what the registry received
    Alipay           {{.Sandbox}}/gateway.do  its face page opens by link
    metrics          {{.Admin}}/metrics
    settings         {{.Settings}}            bin/bff serve --config …

  Play every person's story:   go run ./cmd/sandbox journey
  End:                         Ctrl-C

`

func greet(w io.Writer, g greeting) error {
	text, err := template.New("greeting").Parse(greetingText)
	if err != nil {
		return fmt.Errorf("reading the greeting: %w", err)
	}
	if err := text.Execute(w, g); err != nil {
		return fmt.Errorf("printing the addresses: %w", err)
	}
	return nil
}
