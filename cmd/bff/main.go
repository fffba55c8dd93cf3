// Command bff is Renzheng: the server and the commands of its operator.
//
//	bff serve          run the server
//	bff check          test settings and what they name, without serving
//	bff migrate        bring the database schema up to date
//	bff support menu   set the menu of the service account
//	bff keys           create, rotate or introduce keys
//	bff backup         copy the database while it is in use
//	bff recover        put a database that comes from a backup into service
//	bff rekey          move stored data to the newest keys
//	bff integrity      look for rows that were changed in the database
//	bff switch         show and set what is on, off or degraded
//	bff funnel         show how far persons get, and what stops them
//	bff events         list events and deliver them again
//	bff retention      show what is deleted, and when
//	bff hold           place and lift legal holds
//	bff access         delay what persons see of who looked at their evidence
//	bff corrections    answer what persons ask to have corrected
//	bff ledger         write and check the record of manual acts
//	bff slip           show what was tried, by the code that a person brings
//	bff verify         check a receipt, offline
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"renzheng/cmd/bff/config"
)

// cli is the command line. Kong fills it from flags, environment and file.
type cli struct {
	File kong.ConfigFlag `help:"JSON file of settings; its keys are the flag names." name:"config" type:"path"`

	Version kong.VersionFlag `help:"Print the version."`

	Serve       serveCommand       `cmd:"" help:"Run the server."`
	Check       checkCommand       `cmd:"" help:"Test the settings and everything that they name, without serving. It changes nothing."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database schema up to date."`
	Backup      backupCommand      `cmd:"" help:"Copy the database into a file while it is in use. The keys are not in it."`
	Recover     recoverCommand     `cmd:"" help:"Put a database that comes from a backup into service: sessions, grants, codes, nonces, leases and idempotency keys of before are void, erasures are repeated, events are pushed again. It may be interrupted and run again."`
	Rekey       rekeyCommand       `cmd:"" help:"Move stored data to the newest keys. It may be interrupted and run again."`
	Integrity   integrityCommand   `cmd:"" help:"Look for rows that were changed in the database past the server."`
	Switch      switchCommand      `cmd:"" help:"Show and set which checks are on, off or degraded."`
	Funnel      funnelCommand      `cmd:"" help:"Show how far persons get, by channel, purpose and step, and what stops them. It shows numbers only."`
	Events      eventsCommand      `cmd:"" help:"List the events for registries, and deliver them again."`
	Retention   retentionCommand   `cmd:"" help:"Show what is deleted, and when."`
	Access      accessCommand      `cmd:"" help:"Delay what persons see of who looked at their evidence."`
	Corrections correctionsCommand `cmd:"" help:"Answer what persons ask to have corrected."`
	Hold        holdCommand        `cmd:"" help:"Place and lift legal holds, which keep a case or a person from deletion."`
	Ledger      ledgerCommand      `cmd:"" help:"Write and check the record of manual acts (台账)."`
	Slip        slipCommand        `cmd:"" help:"Show what was tried, by the slip code that a person brings to the window. It shows nothing personal."`
	Support     supportCommand     `cmd:"" help:"Set the menu of the service account."`
	Keys        keysCommand        `cmd:"" help:"Create or rotate the key file."`
	Verify      verifyCommand      `cmd:"" help:"Check a receipt without network or database."`
	Openapi     openapiCommand     `cmd:"" help:"Print the API description (OpenAPI 3.1, YAML)."`
	ConfigDocs  configDocsCommand  `cmd:"" help:"Print the table of settings (Markdown)."`
	FailureDocs failureDocsCommand `cmd:"" help:"Print the catalogue of failures (Markdown)."`
	PrivacyDocs privacyDocsCommand `cmd:"" help:"Print which personal data is stored, and why (Markdown)."`
	Healthcheck healthcheckCommand `cmd:"" help:"Check whether a running server is ready, for containers."`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bff:", err)
		os.Exit(1)
	}
}

// run parses the command line and runs the chosen command.
func run(args []string) error {
	_, chosen, err := parse(args)
	if err != nil {
		return err
	}
	return chosen.Run()
}

// parse reads flags, environment and file. A flag wins over a variable, a
// variable over the file, and the file over the default. The error lists every
// problem of the settings, unless the command line itself is invalid.
func parse(args []string) (*cli, *kong.Context, error) {
	var c cli
	decoder := config.NewDecoder()
	parser, err := kong.New(&c, append(decoder.Options(), kong.Name("bff"), kong.Vars{"version": version()},
		kong.Description("Renzheng (认证): identity checks and signed confirmations for company registration."))...)
	if err != nil {
		return nil, nil, fmt.Errorf("building the command line: %w", err)
	}
	if len(args) == 0 {
		return nil, nil, printUsage(parser)
	}
	if args[0] == "help" { // as "bff help keys rotate"
		args = append(args[1:len(args):len(args)], "--help")
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return nil, nil, err
	}
	if chosen.Command() == "check" { // which reports them together with what it finds
		c.Check.invalid = decoder.Join(chosen, errors.Join(c.Check.Check(), config.UnknownVariables(os.Environ())))
		return &c, chosen, nil
	}
	var invalid error
	if chosen.Command() == "serve" {
		invalid = errors.Join(c.Serve.Check(), config.UnknownVariables(os.Environ()))
	}
	if err := decoder.Join(chosen, invalid); err != nil {
		return nil, nil, err
	}
	return &c, chosen, nil
}

// printUsage prints the usage of the program and returns an error, because no
// command was run.
func printUsage(parser *kong.Kong) error {
	nothing, err := kong.Trace(parser, nil)
	if err == nil {
		err = nothing.PrintUsage(false)
	}
	return errors.Join(err, errors.New("a command is required"))
}
