package upgrade

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"

	"renzheng/test/harness"
)

// version is one version of the server.
type version struct {
	name, program string
	settings      harness.Settings // those of the sandbox that it knows
}

// newVersion asks a program for its settings: a server does not start with one that it does not know.
func newVersion(ctx context.Context, name, program string, all harness.Settings) (version, error) {
	help, err := exec.CommandContext(ctx, program, "serve", "--help").Output()
	if err != nil {
		return version{}, fmt.Errorf("asking the %s version for its settings: %w", name, err)
	}
	known := harness.Settings{}
	for _, setting := range regexp.MustCompile(`\bBFF_[A-Z0-9_]+`).FindAllString(string(help), -1) {
		if value, ok := all[setting]; ok {
			known[setting] = value
		}
	}
	return version{name, program, known}, nil
}
