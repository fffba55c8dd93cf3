package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"text/template"

	"renzheng/test/harness"
)

// runCommand runs the server among simulated third parties.
type runCommand struct {
	BFF     string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Data    string `help:"Folder of keys, settings and database; kept between runs." default:"data" type:"path"`
	Listen  string `help:"Address of the API, loopback." default:"127.0.0.1:8080"`
	Admin   string `help:"Address of metrics and profiles, loopback." default:"127.0.0.1:9090"`
	Console string `help:"Address of the console of the authority's staff, loopback. By default 127.0.0.1:8070, or a free one if the API has another address than its default."`
	Web     string `help:"Folder of the built web client, served at / if it exists." default:"miniapp/dist/web" type:"path"`
	Others  string `help:"File of registries of your own that join the simulated one, in the form of docs/registry.md." name:"registries" type:"existingfile"`
	Policy  string `help:"File of a verification policy instead of the built-in one, in the form of verification/policy/policy.json." type:"existingfile"`
	Sandbox string `help:"Address of the simulated third parties, loopback." default:"127.0.0.1:8090"`
}

// Run runs until a signal arrives, which it passes on to the server.
func (c runCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	if err := harness.Free(ctx, c.taken()...); err != nil {
		return fmt.Errorf("%w\n(others: make run ARGS='--listen 127.0.0.1:18080 --sandbox 127.0.0.1:18090 --admin 127.0.0.1:19090')", err)
	}
	options := harness.Options{Data: c.Data, Listen: c.Sandbox, API: c.Listen, Console: c.console(), Settings: c.settings(), Movable: true}
	if c.Others != "" {
		var err error
		if options.Registries, err = os.ReadFile(c.Others); err != nil {
			return fmt.Errorf("reading the file of more registries: %w", err)
		}
	}
	sandbox, err := harness.New(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = sandbox.Close() }()
	logs, err := os.OpenFile(filepath.Join(c.Data, "bff.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("opening the server's log: %w", err)
	}
	defer func() { _ = logs.Close() }()
	server, err := sandbox.Start(ctx, harness.Program{Path: c.BFF, Admin: c.Admin, Logs: logs})
	if err != nil {
		return fmt.Errorf("%w; see %s", err, logs.Name())
	}
	if err := c.prepare(ctx, sandbox, server); err != nil {
		return errors.Join(err, server.Stop())
	}
	select {
	case <-ctx.Done():
		return server.Stop()
	case <-server.Ended():
		return fmt.Errorf("the server has ended by itself; see %s", logs.Name())
	}
}

// Default addresses of the API and the console.
const (
	defaultListen  = "127.0.0.1:8080"
	defaultConsole = "127.0.0.1:8070"
)

// console returns the address of the console, so that a second sandbox needs no flag for it.
func (c runCommand) console() string {
	if c.Console == "" && c.Listen == defaultListen {
		return defaultConsole
	}
	return cmp.Or(c.Console, harness.FreeConsole)
}

// taken returns the addresses that must be free.
func (c runCommand) taken() []string {
	all := []string{c.Listen, c.Sandbox, c.Admin}
	if at := c.console(); at != harness.FreeConsole {
		all = append(all, at)
	}
	return all
}

// settings returns the settings for the built client, if it exists, and for the policy, if one is named.
func (c runCommand) settings() harness.Settings {
	settings := harness.Settings{}
	if _, err := os.Stat(filepath.Join(c.Web, "index.html")); err == nil {
		settings["BFF_WEB_FOLDER"] = c.Web
	}
	if c.Policy != "" {
		settings["BFF_POLICY"] = c.Policy
	}
	return settings
}

// prepare writes the settings for other commands, pushes sample cases and prints the
// addresses.
func (c runCommand) prepare(ctx context.Context, sandbox *harness.Sandbox, server *harness.Server) error {
	file, err := server.Settings.File()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Data, "config.json"), file, 0o600); err != nil {
		return fmt.Errorf("writing the settings: %w", err)
	}
	if err := sandbox.PushSamples(ctx); err != nil {
		return err
	}
	return greet(os.Stdout, greeting{
		Console: sandbox.Console,
		API:     server.URL, Admin: server.Admin, Sandbox: sandbox.URL, Data: c.Data, Web: c.settings()["BFF_WEB_FOLDER"] != "",
	})
}

// greeting is the data of the printed addresses.
type greeting struct {
	API, Admin, Sandbox, Data string
	Console                   string
	Web                       bool // the client is served at /
}

// Flags returns the flags by which the journey finds addresses other than the
// default ones.
func (g greeting) Flags() string {
	if g.API == "http://127.0.0.1:8080" && g.Sandbox == "http://127.0.0.1:8090" {
		return ""
	}
	return " --server " + g.API + " --sandbox " + g.Sandbox
}

const greetingText = `
  模拟环境已就绪 · The sandbox is ready. Nothing in it is real.

{{if .Web}}    in a browser     {{.API}}/            sign in as one of the sample persons
{{end}}    console          {{.Console}}/            sign in as one of the sample members of staff
    API              {{.API}}
    docs page        {{.API}}/docs
    sandbox          {{.Sandbox}}/            all pages and the sample persons
    registry         {{.Sandbox}}/registry/   what the registry received
    metrics          {{.Admin}}/metrics
    log              {{.Data}}/bff.log
    settings         {{.Data}}/config.json    of the server: bin/bff --config {{.Data}}/config.json check

  Play every person's story:   bin/sandbox journey{{.Flags}}
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
