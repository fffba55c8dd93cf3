package erase_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"renzheng/cmd/loadtest/erase"
)

func TestSearch_FindsWhatCrossesWindows(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, at := range map[string]int{"begin": 0, "within": 5000, "across": 1<<20 - 7, "across the second": 2<<20 - 3, "end": 3 << 20} {
		content := strings.Repeat("x", at) + "11010519491231002X" + strings.Repeat("y", 100)
		if name == "end" {
			content = content[:at+18]
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hits, err := erase.SearchFolder(folder, "11010519491231002X", "欧阳𠮷", "short")
	if err != nil || hits != 5 {
		t.Errorf("got %d, %v, want one in each file", hits, err)
	}
}
