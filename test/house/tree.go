package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
)

// File is one source file, split into what is code and what is comment.
type File struct {
	Path      string
	Length    int      // lines, blank ones included
	Code      []Line   // without comments, imports of Go and blank lines
	Comments  []string // adjacent lines of comment are one entry
	Test      bool
	Generated bool
	syntax    *ast.File // of a Go file
}

// Line is a line of code with its white space normalized.
type Line struct {
	Number int // from 1
	Text   string
}

// Measured reports whether f counts: it was written by hand and is not a test.
func (f File) Measured() bool { return !f.Test && !f.Generated }

// Go reports whether f is a Go file.
func (f File) Go() bool { return strings.HasSuffix(f.Path, ".go") }

// readTree reads the source files in directory that git does not ignore.
func readTree(ctx context.Context, directory string) ([]File, error) {
	list := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
	list.Dir, list.Stderr = directory, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	return ReadFiles(os.DirFS(directory), strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"))
}

// ReadFiles reads those of the named files that are Go, TypeScript or JavaScript and exist, sorted by path. Folders named
// testdata are skipped, as the go command does.
func ReadFiles(tree fs.FS, names []string) ([]File, error) {
	var files []File
	for _, name := range slices.Sorted(slices.Values(names)) {
		split, ok := splitters()[path.Ext(name)]
		if !ok || strings.Contains("/"+name, "/testdata/") {
			continue
		}
		source, err := fs.ReadFile(tree, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, but git still has it
		}
		if err != nil {
			return nil, err
		}
		file, err := split(name, string(source))
		if err != nil {
			return nil, fmt.Errorf("splitting %s: %w", name, err)
		}
		file.Length = strings.Count(string(source), "\n")
		file.Test = isTest(name)
		files = append(files, file)
	}
	return files, nil
}

// splitters returns the functions that separate code from comments, by file extension.
func splitters() map[string]func(name, source string) (File, error) {
	return map[string]func(name, source string) (File, error){
		".go": splitGo, ".ts": splitScript, ".tsx": splitScript, ".mts": splitScript, ".mjs": splitScript, ".js": splitScript,
	}
}

// isTest reports whether a test runner would treat the file as part of a test. Go packages that only tests import count
// as code, because they are read and maintained like code.
func isTest(name string) bool {
	if path.Ext(name) == ".go" {
		return strings.HasSuffix(name, "_test.go")
	}
	return regexp.MustCompile(`(^|/)(test|tests|e2e)/|\.(test|spec)\.[a-z]+$`).MatchString(name)
}

// codeLines blanks the given ranges of bytes out of source and returns the lines that are left.
func codeLines(source string, blank [][2]int) []Line {
	text := []byte(source)
	for _, span := range blank {
		for i := span[0]; i < span[1]; i++ {
			if text[i] != '\n' {
				text[i] = ' '
			}
		}
	}
	var lines []Line
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, Line{number, strings.Join(words, " ")})
		}
	}
	return lines
}
