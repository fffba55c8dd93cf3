package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"

	"github.com/uudashr/gocognit"
)

// tooComplex is the cognitive complexity that a function should not exceed.
const tooComplex = 15

// function is a Go function with its cognitive complexity.
type function struct {
	complexity int
	name       string // FILE: RECEIVER.NAME
}

// complexFunctions returns all functions outside tests and generated files, the most complex first.
func complexFunctions(files []File) []function {
	var all []function
	for _, file := range measured(files) {
		if file.syntax == nil {
			continue
		}
		for _, declaration := range file.syntax.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok {
				all = append(all, function{gocognit.Complexity(f), fmt.Sprintf("%s: %s", file.Path, functionName(f))})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b function) int { return cmp.Compare(b.complexity, a.complexity) })
	return all
}

func functionName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	switch r := receiver.(type) {
	case *ast.IndexExpr:
		receiver = r.X
	case *ast.IndexListExpr:
		receiver = r.X
	}
	return fmt.Sprintf("%v.%s", receiver, f.Name.Name)
}
