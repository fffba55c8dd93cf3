package main

import (
	"os"

	"renzheng/cmd/bff/config"
)

// configDocsCommand prints docs/configuration.md.
type configDocsCommand struct{}

// Run writes the page to standard output.
func (configDocsCommand) Run() error { return config.WriteDocs(os.Stdout) }
