// Command sandbox runs the server in a simulated world and plays with it. It is
// for trying out, testing and measuring; nothing of it is in the server.
//
//	sandbox run      the server with Alipay, Tencent Cloud and a registry, simulated
//	sandbox journey  play every sample person's story against a running server
//	sandbox crash    kill the server while persons sign; count what is lost or doubled
//	sandbox cluster  the same with two servers on a cluster of three databases
//	sandbox bench    compare the server with bare handlers
//	sandbox brownout let third parties be slow, silent and broken; what the rest keeps
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Run               runCommand               `cmd:"" help:"Run the server in a simulated world until a signal."`
	Journey           journeyCommand           `cmd:"" help:"Play every sample person's story against a running server."`
	Crash             crashCommand             `cmd:"" help:"Kill the server at random points while persons sign; count what is lost or doubled."`
	Cluster           clusterCommand           `cmd:"" help:"Kill nodes of a database cluster, and servers, while persons sign; count what is lost or doubled."`
	Bench             benchCommand             `cmd:"" help:"Compare the server with bare handlers that do the same reads and writes."`
	Brownout          brownoutCommand          `cmd:"" help:"Let third parties be slow, silent and broken under load; compare the rest of the API with the same load without."`
	AgencyConformance agencyConformanceCommand `cmd:"" help:"Hold an authority's data gateway to its contract, docs/agency.md."`
	Bare              bareCommand              `cmd:"" name:"bench-bare" hidden:"" help:"Serve the bare handlers."`
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
