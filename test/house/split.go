package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// splitGo parses a Go file. Imports are dropped: two files that import the same packages are not duplicates.
func splitGo(name, source string) (File, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return File{}, err
	}
	file := File{Path: name, Generated: ast.IsGenerated(syntax), syntax: syntax}
	span := func(n ast.Node) [2]int {
		return [2]int{files.PositionFor(n.Pos(), false).Offset, files.PositionFor(n.End(), false).Offset}
	}
	var blank [][2]int
	for _, group := range syntax.Comments {
		file.Comments = append(file.Comments, group.Text())
		for _, comment := range group.List {
			blank = append(blank, span(comment))
		}
	}
	for _, declaration := range syntax.Decls {
		if d, ok := declaration.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			blank = append(blank, span(d))
		}
	}
	file.Code = codeLines(source, blank)
	return file, nil
}

// splitScript reads the tokens of a TypeScript or JavaScript file.
func splitScript(name, source string) (File, error) {
	lexer := lexers.Match(name)
	if lexer == nil {
		return File{}, errors.New("no lexer for this kind of file")
	}
	tokens, err := chroma.Tokenise(lexer, &chroma.TokeniseOptions{State: "root"}, source)
	if err != nil {
		return File{}, err
	}
	file := File{Path: name}
	var blank [][2]int
	var comment strings.Builder // comments not yet followed by code
	flush := func() {
		if comment.Len() > 0 {
			file.Comments = append(file.Comments, comment.String())
		}
		comment.Reset()
	}
	offset := 0
	for _, t := range tokens {
		end := offset + len(t.Value)
		switch {
		case t.Type.InCategory(chroma.Comment):
			comment.WriteString(commentText(t.Value))
			blank = append(blank, [2]int{offset, end})
		case strings.TrimSpace(t.Value) != "":
			flush()
		}
		offset = end
	}
	flush()
	if offset != len(source) {
		return File{}, fmt.Errorf("the lexer returned %d of %d bytes", offset, len(source))
	}
	file.Code = codeLines(source, blank)
	file.Generated = len(file.Comments) > 0 && regexp.MustCompile(`(?i)\b(auto|code)[- ]generated\b`).MatchString(file.Comments[0])
	return file, nil
}

// commentText strips comment markers, so that a phrase can be found across a line break.
func commentText(comment string) string {
	marks := regexp.MustCompile(`(?m)^\s*(//+|/\*+|\*+/|\*)|\*/\s*$`)
	return marks.ReplaceAllString(comment, "") + "\n"
}
