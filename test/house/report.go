package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The lengths of the lists.
const (
	topCircles   = 12
	topFunctions = 15
	topFiles     = 15
)

// measures holds everything that the report shows.
type measures struct {
	files      []File
	circles    []Circle
	duplicates []Duplicate
	functions  []function
}

// report returns the summary, which fits on one screen, followed by the lists.
func report(m measures) string {
	var b strings.Builder
	summarize(&b, m)
	phrases(&b, m.files)
	listCircles(&b, m.circles)
	listFunctions(&b, m.functions)
	listFiles(&b, m.files)
	listDuplicates(&b, m.duplicates)
	return b.String()
}

func summarize(b *strings.Builder, m measures) {
	long := byLength(m.files)
	b.WriteString("Tests and generated files are excluded unless stated otherwise.\n\n")
	fmt.Fprintf(b, "packages         %d\n", len(m.circles))
	fmt.Fprintf(b, "files            %d, median %d lines\n", len(long), median(long))
	if len(m.circles) > 0 {
		fmt.Fprintf(b, "largest circle   %s\n", m.circles[0])
	}
	fmt.Fprintf(b, "duplicates       %d of %d lines or more%s\n", len(m.duplicates), shortest, folders(m.duplicates))
	fmt.Fprintf(b, "functions        %d, above cognitive complexity %d: %d\n", len(m.functions), tooComplex, above(m.functions))
}

func phrases(b *strings.Builder, files []File) {
	goCode := comments(files, func(f File) bool { return f.Go() && !f.Test })
	goTests := comments(files, func(f File) bool { return f.Go() && f.Test })
	scripts := comments(files, func(f File) bool { return !f.Go() && !f.Test })
	scriptTests := comments(files, func(f File) bool { return !f.Go() && f.Test })
	fmt.Fprintf(b, "\n%-28s %9s %9s %11s %9s\n", "words in comments", "Go", "its tests", "TypeScript", "its tests")
	for _, phrase := range Phrases() {
		fmt.Fprintf(b, "  %-26s", phrase.Words)
		fmt.Fprintf(b, " %9d %9d %11d %9d", phrase.Count(goCode), phrase.Count(goTests), phrase.Count(scripts), phrase.Count(scriptTests))
		if phrase.Plain {
			b.WriteString("  plain, for comparison")
		}
		b.WriteString("\n")
	}
}

// comments returns the comments of the files that keep accepts, without generated files.
func comments(files []File, keep func(File) bool) []string {
	var all []string
	for _, f := range files {
		if keep(f) && !f.Generated {
			all = append(all, f.Comments...)
		}
	}
	return all
}

func listCircles(b *strings.Builder, circles []Circle) {
	b.WriteString("\nlargest circle of files, per package\n")
	for _, c := range circles[:min(len(circles), topCircles)] {
		fmt.Fprintf(b, "  %s\n", c)
	}
}

func (c Circle) String() string {
	return fmt.Sprintf("%3d of %3d  %s", len(c.Members), c.Files, c.Package)
}

func listFunctions(b *strings.Builder, functions []function) {
	b.WriteString("\nmost complex functions (gocognit)\n")
	for _, f := range functions[:min(len(functions), topFunctions)] {
		fmt.Fprintf(b, "  %4d  %s\n", f.complexity, f.name)
	}
}

func above(functions []function) int {
	return len(slices.DeleteFunc(slices.Clone(functions), func(f function) bool { return f.complexity <= tooComplex }))
}

func listFiles(b *strings.Builder, files []File) {
	b.WriteString("\nlongest files\n")
	long := byLength(files)
	for _, f := range long[:min(len(long), topFiles)] {
		fmt.Fprintf(b, "  %4d  %s\n", f.Length, f.Path)
	}
}

// byLength returns the measured files, the longest first.
func byLength(files []File) []File {
	files = measured(files)
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(b.Length, a.Length) })
	return files
}

func median(sorted []File) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2].Length
}

func listDuplicates(b *strings.Builder, duplicates []Duplicate) {
	b.WriteString("\nduplicates\n")
	for _, d := range duplicates {
		fmt.Fprintf(b, "  %d lines\n    %s\n", d.Lines, strings.Join(d.Places, "\n    "))
	}
}

// folders counts the duplicates by the top folder of their first place.
func folders(duplicates []Duplicate) string {
	counts := map[string]int{}
	for _, d := range duplicates {
		top, _, _ := strings.Cut(d.Places[0], "/")
		counts[top]++
	}
	var parts []string
	for folder, n := range counts {
		parts = append(parts, fmt.Sprintf("%s %d", folder, n))
	}
	if len(parts) == 0 {
		return ""
	}
	slices.Sort(parts)
	return ": " + strings.Join(parts, ", ")
}
