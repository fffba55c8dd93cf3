package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocs_NameFilesThatExist holds the paths in the documentation against the tree. A decision keeps the names of its day.
func TestDocs_NameFilesThatExist(t *testing.T) {
	t.Parallel()
	const root = "../.."
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md"))
	path := regexp.MustCompile("`([a-z][A-Za-z0-9_]*(?:/[A-Za-z0-9_.-]+)*/[A-Za-z0-9_.-]+\\.(?:go|json|md|sh|sql|ts|tsx))`")
	checked := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range path.FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(match[1], "data/") || strings.HasPrefix(match[1], "try/") {
				continue // files that a reader makes
			}
			checked++
			if _, err := os.Stat(filepath.Join(root, match[1])); err != nil {
				t.Errorf("%s names %s, which does not exist", filepath.Base(page), match[1])
			}
		}
	}
	if checked < 50 {
		t.Errorf("got %d paths, want more: the pattern finds too few", checked)
	}
}
