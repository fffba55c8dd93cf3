package main

import (
	"bytes"
	"io"
	"os"
	"testing"

	"renzheng/sql/datamap"
)

func TestPrivacyDocs_AreCommitted(t *testing.T) {
	t.Parallel()
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	for path, write := range map[string]func(io.Writer) error{
		"docs/privacy.md": m.WritePrivacy, "docs/processing.md": m.WriteProcessing,
	} {
		var page bytes.Buffer
		if err = write(&page); err != nil {
			t.Fatal(err)
		}
		committed, err := os.ReadFile("../../" + path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(page.Bytes(), committed) {
			t.Errorf("%s is not what privacy-docs writes; 'make golden' writes it anew", path)
		}
	}
}
