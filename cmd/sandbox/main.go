// Command sandbox runs the server among simulated third parties and plays sample
// stories against it. It is for trials and tests. Nothing of it is in the server.
//
//	sandbox run      the server with Alipay, Tencent Cloud and a registry, simulated
//	sandbox answer   let sample persons answer any case
//	sandbox clock    move the clock of rules and sample persons ahead
//	sandbox journey  play every sample person's story against a running server
//	sandbox agency-conformance  check an authority's data gateway against its contract
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Run               runCommand               `cmd:"" help:"Run the server among simulated third parties until a signal."`
	Answer            answerCommand            `cmd:"" help:"Let sample persons answer a case that a registry pushed to a running sandbox."`
	Clock             clockCommand             `cmd:"" help:"Show the clock of a running sandbox, or move it ahead: sandbox clock +8d."`
	Journey           journeyCommand           `cmd:"" help:"Play every sample person's story against a running server."`
	AgencyConformance agencyConformanceCommand `cmd:"" help:"Check an authority's data gateway against its contract, docs/agency.md."`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// run parses the command line and runs the chosen command.
func run(args []string) error {
	var c cli
	parser, err := kong.New(&c, kong.Name("sandbox"),
		kong.Description("The server among simulated third parties. Nothing here is real, and all of it stays on this machine."))
	if err != nil {
		return fmt.Errorf("building the command line: %w", err)
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("reading the command line: %w", err)
	}
	return chosen.Run()
}
