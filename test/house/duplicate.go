package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// shortest is the smallest number of equal lines that counts as a duplicate.
const shortest = 10

// Duplicate is a run of lines of code that occurs in several places.
type Duplicate struct {
	Lines  int
	Places []string // FILE:FIRST-LAST
}

// window is a run of shortest lines: the file and the index of the first line of code.
type window struct{ file, line int }

// Duplicates returns the longest runs of at least ten equal lines of code, outside tests and generated files, the
// longest first. Where three places share ten lines and two of the three share more, both runs are reported.
func Duplicates(files []File) []Duplicate {
	files = measured(files)
	same := map[string][]window{}
	var windows []window
	for f, file := range files {
		for l := range len(file.Code) - shortest + 1 {
			w := window{f, l}
			windows = append(windows, w)
			same[text(files, w)] = append(same[text(files, w)], w)
		}
	}
	var found []Duplicate
	for _, w := range windows {
		places := same[text(files, w)]
		if len(places) < 2 || places[0] != w || follows(files, same, places, -1) {
			continue
		}
		lines := shortest
		for follows(files, same, places, lines-shortest+1) {
			lines++
		}
		found = append(found, Duplicate{lines, describe(files, places, lines)})
	}
	slices.SortStableFunc(found, func(a, b Duplicate) int { return cmp.Compare(b.Lines, a.Lines) })
	return found
}

// text returns the lines of w as the key of equal windows.
func text(files []File, w window) string {
	var b strings.Builder
	for _, line := range files[w.file].Code[w.line : w.line+shortest] {
		b.WriteString(line.Text + "\n")
	}
	return b.String()
}

// follows reports whether the windows that are by lines away from places are equal to one another and to no others.
func follows(files []File, same map[string][]window, places []window, by int) bool {
	first := window{places[0].file, places[0].line + by}
	if first.line < 0 || first.line+shortest > len(files[first.file].Code) {
		return false
	}
	return slices.EqualFunc(same[text(files, first)], places, func(a, b window) bool {
		return a.file == b.file && a.line == b.line+by
	})
}

func describe(files []File, places []window, lines int) []string {
	var all []string
	for _, p := range places {
		code := files[p.file].Code
		all = append(all, fmt.Sprintf("%s:%d-%d", files[p.file].Path, code[p.line].Number, code[p.line+lines-1].Number))
	}
	return all
}

func measured(files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return !f.Measured() })
}
