// Command house measures how readable a source tree is and prints what it
// finds: circles of files, duplicates, complex functions, long files and odd
// words in comments. It is a mirror, not a gate: it exits with 0 whatever the
// figures are.
//
//	house [-C directory]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	directory := flag.String("C", ".", "the root of the Go module to measure; a git work tree")
	flag.Parse()
	if err := run(context.Background(), *directory, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "house:", err)
		os.Exit(1)
	}
}

// run measures the module in directory and writes the report to w.
func run(ctx context.Context, directory string, w io.Writer) error {
	files, err := readTree(ctx, directory)
	if err != nil {
		return err
	}
	circles, err := Circles(ctx, directory)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, report(measures{
		files:      files,
		circles:    circles,
		duplicates: Duplicates(files),
		functions:  complexFunctions(files),
	}))
	return err
}
