package bff_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

// write makes the samples of the documents anew: go test ./bff -run Samples -write
var write = flag.Bool("write", false, "write the samples of docs/registry.md and docs/api-samples.md")

var (
	longText = regexp.MustCompile(`"[A-Za-z0-9_+/.=-]{23,}"`)
	randomID = regexp.MustCompile(`\b(att|cfm|evt|tod|ver)_[0-9a-f]{32}`)
)

// jsonBlock returns JSON as a block of Markdown, without what is random or long.
func jsonBlock(t *testing.T, content []byte) string {
	t.Helper()
	var text bytes.Buffer
	if err := json.Indent(&text, content, "", " "); err != nil {
		t.Fatal(err)
	}
	plain := randomID.ReplaceAllString(text.String(), "${1}_…")
	return "\n```json\n" + longText.ReplaceAllString(plain, `"…"`) + "\n```\n"
}

// sample compares a sample with the document, or writes it.
func sample(t *testing.T, path, name, text string) {
	t.Helper()
	document, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" of a run: begin -->\n", "<!-- "+name+" of a run: end -->"
	before, rest, ok := strings.Cut(string(document), begin)
	old, after, closed := strings.Cut(rest, end)
	switch {
	case !ok || !closed:
		t.Fatalf("%s has no place for the %s", path, name)
	case old == text+"\n":
	case !*write:
		t.Errorf("the %s of %s are not those of a run; go test ./bff -run Samples -write makes them anew. They are\n%s", name, path, text)
	default:
		if err = os.WriteFile(path, []byte(before+begin+text+"\n"+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
