package main

import (
	"bytes"
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
	var page bytes.Buffer
	if err = m.WritePage(&page); err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page.Bytes(), committed) {
		t.Error("docs/privacy.md is not what privacy-docs writes; 'make golden' writes it anew")
	}
}
