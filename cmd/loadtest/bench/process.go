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
	"time"
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

// measureStart prints how long the server takes to be ready, on its database as
// the loads have left it, and what memory it holds when nobody asks anything.
func (s *fixture) measureStart(ctx context.Context) error {
	var times, memories []float64
	for range s.options.StartTimes {
		begun := time.Now()
		server, err := s.startServer(ctx)
		if err != nil {
			return err
		}
		times = append(times, float64(time.Since(begun).Milliseconds()))
		time.Sleep(s.options.IdlePause)
		memory, err := residentMemory(server.Process())
		if err = errors.Join(err, server.Stop()); err != nil {
			return err
		}
		memories = append(memories, memory)
	}
	if err := s.say("start: %s %.0f ms", s.place.Engine, median(times)); err != nil {
		return err
	}
	return s.say("memory: %s %.0f MiB", s.place.Engine, median(memories))
}

// residentMemory reads VmRSS of a process, in MiB.
func residentMemory(process int) (float64, error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0, fmt.Errorf("reading a process's memory: %w", err)
	}
	return memoryField(string(content), "VmRSS:")
}

// memoryField reads a line of /proc, which is in KiB, as MiB.
func memoryField(content, name string) (float64, error) {
	for line := range strings.Lines(content) {
		if rest, found := strings.CutPrefix(line, name); found {
			var kib float64
			if _, err := fmt.Sscan(rest, &kib); err != nil {
				return 0, fmt.Errorf("reading %s %w", name, err)
			}
			return kib / 1024, nil
		}
	}
	return 0, errors.New("there is no line " + name)
}

// describeMachine prints what the figures were measured on.
func describeMachine(out io.Writer) error {
	content, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return fmt.Errorf("reading the machine's memory: %w", err)
	}
	memory, err := memoryField(string(content), "MemTotal:")
	if err != nil {
		return err
	}
	return say(out, "machine: %d cores, %.0f GiB", cores(), memory/1024)
}

// cpuTime returns what a process has used of the processor so far, 0 where the
// system does not tell. The kernel counts it in hundredths of a second.
func cpuTime(process int) time.Duration {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(content), ") ") // behind the name, which may hold spaces
	fields := strings.Fields(rest)
	const user, system = 11, 12 // utime and stime, counted from behind the name
	if len(fields) <= system {
		return 0
	}
	var ticks [2]int64
	if _, err := fmt.Sscan(fields[user]+" "+fields[system], &ticks[0], &ticks[1]); err != nil {
		return 0
	}
	return time.Duration(ticks[0]+ticks[1]) * (time.Second / 100)
}
