package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// BareDatabase is the variable that tells the bare handlers their database; an
// address with a password is for no command line.
const BareDatabase = "BENCH_BARE_DATABASE"

// bareProcess is the bare handlers, as a program of their own.
type bareProcess struct {
	url     string
	command *exec.Cmd
}

// startBare starts them and waits until they listen.
func startBare(ctx context.Context, program, database string, logs io.Writer) (*bareProcess, error) {
	p := &bareProcess{command: exec.CommandContext(ctx, program, "bench-bare")}
	p.command.Env = append(os.Environ(), BareDatabase+"="+database)
	p.command.Stderr = logs
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe: %w", err)
	}
	if err = p.command.Start(); err != nil {
		return nil, fmt.Errorf("starting the bare handlers: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(errors.New("the bare handlers do not start"), p.stop())
	}
	p.url = strings.TrimSpace(line)
	return p, nil
}

// stop ends them.
func (p *bareProcess) stop() error {
	_ = p.command.Process.Signal(syscall.SIGTERM) // Wait reports whether it worked
	if err := p.command.Wait(); err != nil {
		return fmt.Errorf("ending the bare handlers: %w", err)
	}
	return nil
}
