package main

import (
	"os"
	"strings"
	"testing"
)

func TestWriteFailureDocs(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	if err := writeFailureDocs(&page); err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../../docs/failures.md")
	if err != nil {
		t.Fatal(err)
	}
	if page.String() != string(committed) {
		t.Error("docs/failures.md is not what failure-docs writes; 'make golden' writes it anew")
	}
}
