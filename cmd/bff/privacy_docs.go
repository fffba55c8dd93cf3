package main

import (
	"os"

	"renzheng/sql/datamap"
)

// privacyDocsCommand prints docs/privacy.md or docs/processing.md from the data map.
type privacyDocsCommand struct {
	Processing bool `help:"Print the record of processing and the input for the impact assessment instead."`
}

// Run writes the page to standard output.
func (c privacyDocsCommand) Run() error {
	m, err := datamap.Load()
	if err != nil {
		return err
	}
	if c.Processing {
		return m.WriteProcessing(os.Stdout)
	}
	return m.WritePrivacy(os.Stdout)
}
