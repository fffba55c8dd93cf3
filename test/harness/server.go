package harness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

const (
	startTime = 60 * time.Second // a busy machine with two cores and the race detector
	stopTime  = 30 * time.Second // longer than the server's own BFF_SHUTDOWN
	askEvery  = 20 * time.Millisecond
)

// Program describes how to start a server. Either Path or Serve is set.
type Program struct {
	Path  string                                             // of the bff binary
	Serve func(ctx context.Context, settings Settings) error // inside this process; returns when ctx ends

	Listen   string   // public address; "" = where the registry pushes to
	Admin    string   // admin address; "" = a free one on loopback
	Base     Settings // instead of those of the sandbox, for another version of the server; nil = those of the sandbox
	Settings Settings // over Base
	Logs     io.Writer
	Unready  bool // wait until it answers at all, not until it is ready
}

// Server is a server in the sandbox. Not for concurrent use.
type Server struct {
	URL      string // of the API, without a slash at the end
	Admin    string // of metrics and profiles
	Settings Settings

	program Program            // by which it was started
	command *exec.Cmd          // nil inside this process
	stop    context.CancelFunc // asks it to end
	ended   chan struct{}      // closed when it has
	err     error              // valid once ended
}

// Start starts a server and waits until it is ready.
//
// It returns an error if the server ends before it is ready, or is not ready within a
// minute. Program.Logs has its output.
func (s *Sandbox) Start(ctx context.Context, p Program) (*Server, error) {
	if p.Listen == "" {
		p.Listen = s.options.API
	}
	if p.Admin == "" {
		var err error
		if p.Admin, err = s.Reserve(); err != nil {
			return nil, err
		}
	}
	base := p.Base
	if base == nil {
		base = s.Settings
	}
	settings := base.With(Settings{"BFF_LISTEN": p.Listen, "BFF_ADMIN": p.Admin}).With(p.Settings)
	server := &Server{URL: "http://" + p.Listen, Admin: "http://" + p.Admin, Settings: settings, program: p}
	return server, server.Restart(ctx)
}

// Restart starts a server that has ended, at the same addresses with the same
// settings, and waits until it is ready. Errors: as for Start.
func (s *Server) Restart(ctx context.Context) error {
	s.ended, s.err = make(chan struct{}), nil
	if s.program.Serve != nil {
		s.runInside(ctx, s.program.Serve)
	} else if err := s.runBinary(s.program); err != nil {
		return err
	}
	if err := s.waitReady(ctx); err != nil {
		s.Kill()
		return err
	}
	return nil
}

// RestartAs is Restart with another program of the server, such as another version, and
// with its settings. The addresses remain.
func (s *Server) RestartAs(ctx context.Context, path string, settings Settings) error {
	s.program.Path = path
	s.Settings = settings.With(Settings{"BFF_LISTEN": s.Settings["BFF_LISTEN"], "BFF_ADMIN": s.Settings["BFF_ADMIN"]})
	return s.Restart(ctx)
}

// ReloadKeys makes a program read its key file again.
func (s *Server) ReloadKeys() { _ = s.command.Process.Signal(syscall.SIGHUP) }

func (s *Server) runInside(ctx context.Context, serve func(context.Context, Settings) error) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx)) // it ends by Stop or Kill
	s.stop = stop
	go func() {
		s.err = serve(ctx, s.Settings)
		close(s.ended)
	}()
}

func (s *Server) runBinary(p Program) error {
	s.command = exec.Command(p.Path, "serve")
	s.command.Env = append(foreignEnvironment(), s.Settings.Environment()...)
	s.command.Stdout, s.command.Stderr = p.Logs, p.Logs
	s.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches the server through this process only
	s.stop = func() { _ = s.command.Process.Signal(syscall.SIGTERM) }
	if err := s.command.Start(); err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	go func() {
		s.err = s.command.Wait()
		close(s.ended)
	}()
	return nil
}

// foreignEnvironment returns the environment of this process without settings of a
// server, so that those of the sandbox are the only ones.
func foreignEnvironment() []string {
	var kept []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "BFF_") {
			kept = append(kept, pair)
		}
	}
	return kept
}

func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	client := &http.Client{Timeout: time.Second}
	for {
		if answers(ctx, client, s.URL+s.program.probe()) {
			return nil
		}
		select {
		case <-s.ended:
			return errors.Join(errors.New("the server ended before it was ready"), s.err)
		case <-ctx.Done():
			return fmt.Errorf("waiting for the server to be ready: %w", ctx.Err())
		case <-time.After(askEvery):
		}
	}
}

// probe returns the address that says that the server has started.
func (p Program) probe() string {
	if p.Unready {
		return "/healthz"
	}
	return "/readyz"
}

func answers(ctx context.Context, client *http.Client, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return false
	}
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}
