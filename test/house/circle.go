package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Circle is the largest set of files of a package in which every file uses every other one, directly or through others.
// To understand one of them, a reader has to know them all.
type Circle struct {
	Package string
	Files   int      // of the package
	Members []string // names of files, sorted
}

// Circles returns one Circle for each package of the module in directory, the largest first. Test files are ignored.
func Circles(ctx context.Context, directory string) ([]Circle, error) {
	loaded, err := packages.Load(&packages.Config{
		Context: ctx,
		Dir:     directory,
		Mode:    packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo,
	}, "./...")
	if err != nil {
		return nil, err
	}
	var circles []Circle
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("loading %s: %w", p.PkgPath, errors.Join(asErrors(p.Errors)...))
		}
		if len(p.Syntax) == 0 {
			continue // a package of tests alone
		}
		circles = append(circles, Circle{p.PkgPath, len(p.Syntax), largest(Components(uses(p)))})
	}
	slices.SortFunc(circles, func(a, b Circle) int {
		return cmp.Or(cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(a.Package, b.Package))
	})
	return circles, nil
}

func asErrors(loading []packages.Error) []error {
	var all []error
	for _, err := range loading {
		all = append(all, err)
	}
	return all
}

// uses returns, for each file of p, the other files that declare what it uses. Local names are declared where they are
// used; a field adds no reach, because its type is reached through whatever the value came from.
func uses(p *packages.Package) map[string][]string {
	graph := map[string][]string{}
	name := func(o interface{ Pos() token.Pos }) string { return filepath.Base(p.Fset.Position(o.Pos()).Filename) }
	for _, file := range p.Syntax {
		graph[name(file)] = nil
	}
	for identifier, object := range p.TypesInfo.Uses {
		if object.Pkg() != p.Types {
			continue
		}
		from, to := name(identifier), name(object)
		if from != to && !slices.Contains(graph[from], to) {
			graph[from] = append(graph[from], to)
		}
	}
	return graph
}

func largest(components [][]string) []string {
	return slices.MaxFunc(components, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
}
