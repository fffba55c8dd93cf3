package main

import (
	"os"

	"renzheng/sql/datamap"
)

// privacyDocsCommand prints docs/privacy.md from the data map.
type privacyDocsCommand struct{}

// Run writes the page to standard output.
func (privacyDocsCommand) Run() error {
	m, err := datamap.Load()
	if err != nil {
		return err
	}
	return m.WritePage(os.Stdout)
}
