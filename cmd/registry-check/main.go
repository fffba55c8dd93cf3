// Command registry-check checks a registry's system, or a server from a registry's
// side, against docs/registry.md. It prints each clause with its outcome and writes
// a signed report.
//
//	registry-check endpoint  play the server against a registry's endpoint
//	registry-check server    play a registry against the server of a sandbox
//	registry-check verify    check a report
//	registry-check clauses   print the clauses (Markdown)
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Endpoint endpointCommand `cmd:"" help:"Play the server: push events to a registry's endpoint, and answer its requests."`
	Server   serverCommand   `cmd:"" help:"Play a registry: push, revise and withdraw cases on the server of a sandbox, and send what it must reject."`
	Verify   verifyCommand   `cmd:"" help:"Check a report."`
	Clauses  clausesCommand  `cmd:"" help:"Print the clauses (Markdown)."`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "registry-check:", err)
		os.Exit(1)
	}
}

// run parses the command line and runs the chosen command.
func run(args []string) error {
	var c cli
	parser, err := kong.New(&c, kong.Name("registry-check"),
		kong.Description("Checks both sides of docs/registry.md. All persons, cases and receipts that it makes are fictitious."))
	if err != nil {
		return fmt.Errorf("building the command line: %w", err)
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("reading the command line: %w", err)
	}
	return chosen.Run()
}
