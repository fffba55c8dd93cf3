// Command loadtest measures the server under load and while its dependencies fail.
// All of it runs against the simulated third parties, on this machine.
//
//	loadtest bench     compare the server with bare handlers
//	loadtest brownout  third parties slow, silent and broken; what the rest keeps
//	loadtest crash     kill the server while people sign; count what is lost or doubled
//	loadtest cluster   the same with two servers on a cluster of three databases
//	loadtest restore   lose the database while people sign, and recover it from a backup
//	loadtest capacity  what one verification, push, list and confirmation cost; sizes for a year
//	loadtest scale     the server on databases of up to ten million todos
//	loadtest erase     erase persons while others sign; search for what is left of them
//	loadtest upgrade   replace servers by another version while people sign
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Bench    benchCommand    `cmd:"" help:"Compare the server with bare handlers that do the same reads and writes."`
	Brownout brownoutCommand `cmd:"" help:"Let third parties be slow, silent and broken under load; compare the rest of the API with the same load without."`
	Crash    crashCommand    `cmd:"" help:"Kill the server at random points while people sign; count what is lost or doubled."`
	Cluster  clusterCommand  `cmd:"" help:"Kill nodes of a database cluster, and servers, while people sign; count what is lost or doubled."`
	Restore  restoreCommand  `cmd:"" help:"Lose the database while people sign and recover it from a backup; count what is lost, and what of before is accepted again."`
	Upgrade  upgradeCommand  `cmd:"" help:"Replace servers by another version and back while people sign; count what fails, is lost or doubled."`
	Erase    eraseCommand    `cmd:"" help:"Erase persons while others sign, and search every file for what is left of them."`
	Capacity capacityCommand `cmd:"" help:"Measure what operations cost, for docs/capacity.md."`
	Scale    scaleCommand    `cmd:"" help:"Compare the server on databases of up to ten million todos."`
	Bare     bareCommand     `cmd:"" name:"bench-bare" hidden:"" help:"Serve the bare handlers."`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// printLast prints the last line of a run, and returns the error of the run, or why the line could not be printed.
func printLast(result fmt.Stringer, err error) error {
	if _, failed := fmt.Fprintln(os.Stdout, result); err == nil {
		err = failed
	}
	return err
}

// run parses the command line and runs the chosen command.
func run(args []string) error {
	var c cli
	parser, err := kong.New(&c, kong.Name("loadtest"), kong.Description("The server under load, among simulated third parties."))
	if err != nil {
		return fmt.Errorf("building the command line: %w", err)
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("reading the command line: %w", err)
	}
	return chosen.Run()
}
