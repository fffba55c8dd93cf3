package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// tool is a program of the database's vendor.
type tool struct {
	names  []string // by which it may be called; the first that exists is used
	config *mysql.Config
	stdin  io.Reader
	stdout io.Writer
}

// optionsFile is where a program finds its options: the reading end of a pipe. The password is in no argument, which every user of
// the machine can list, in no environment and in no file.
const optionsFile = "/dev/fd/3"

// run runs the program. An error has the last lines that it wrote to standard error.
func (t tool) run(ctx context.Context, arguments ...string) error {
	path, err := t.find()
	if err != nil {
		return err
	}
	options, err := t.options()
	if err != nil {
		return err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("making a pipe: %w", err)
	}
	defer func() { _ = reader.Close() }()
	if _, err = writer.WriteString(options); err != nil { // far less than a pipe holds
		return errors.Join(err, writer.Close())
	}
	if err = writer.Close(); err != nil {
		return err
	}
	var problems bytes.Buffer
	command := exec.CommandContext(ctx, path, append([]string{"--defaults-file=" + optionsFile}, arguments...)...) //nolint:gosec // fixed arguments and the name of the database
	command.Stdin, command.Stdout, command.Stderr = t.stdin, t.stdout, &problems
	command.ExtraFiles = []*os.File{reader}
	if err = command.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", t.names[0], err, last(problems.String()))
	}
	return nil
}

func (t tool) find() (string, error) {
	for _, name := range t.names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("neither %s is installed: install the client programs of the database (Debian: mariadb-client)",
		strings.Join(t.names, " nor "))
}

// options returns an option file of the vendor's form.
func (t tool) options() (string, error) {
	lines := []string{"[client]", "user=" + quote(t.config.User), "password=" + quote(t.config.Passwd)}
	if t.config.Net == "unix" {
		lines = append(lines, "socket="+quote(t.config.Addr))
	} else {
		host, port := portOf(t.config.Addr)
		lines = append(lines, "protocol=tcp", "host="+quote(host))
		if port > 0 {
			lines = append(lines, fmt.Sprintf("port=%d", port))
		}
	}
	// MariaDB knows ssl and MySQL knows ssl-mode; each ignores what is loose and unknown to it.
	switch t.config.TLSConfig {
	case "", "false", "preferred":
	case "true":
		lines = append(lines, "loose-ssl", "loose-ssl-verify-server-cert", "loose-ssl-mode=VERIFY_IDENTITY")
	case "skip-verify":
		lines = append(lines, "loose-ssl", "loose-skip-ssl-verify-server-cert", "loose-ssl-mode=REQUIRED")
	default:
		return "", errors.New("the tls configuration in BFF_DATABASE is not known to the vendor's tool")
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// quote returns a value of an option file.
func quote(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(value) + `"`
}

// last returns the last lines of an output.
func last(output string) string {
	const most = 3
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "; ")
}
