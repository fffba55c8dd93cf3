package failure_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"renzheng/verification/failure"
)

// Every failure of the catalogue is either planned or produced by some code of the
// server.
func TestCatalogue_EveryFailureIsMadeBySomethingOrPlanned(t *testing.T) {
	t.Parallel()
	made := madeFailures(t)
	for _, entry := range failure.Catalogue() {
		switch places := made[entry.Code]; {
		case entry.Planned && len(places) > 0:
			t.Errorf("%s is planned, and made in %v", entry.Code, places)
		case !entry.Planned && len(places) == 0:
			t.Errorf("%s is made by nothing", entry.Code)
		}
	}
}

// madeFailures returns the file of the server that produces each failure, by code.
func madeFailures(t *testing.T) map[failure.Code][]string {
	t.Helper()
	names := failureNames(t)
	made := map[failure.Code][]string{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasSuffix(path, "test") || path == "cmd/sandbox" || d.Name() == "node_modules" || path == ".git"):
			return fs.SkipDir
		case !d.IsDir() && isProduct(path):
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", path), nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, code := range madeIn(file, names) {
				made[code] = append(made[code], path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func isProduct(path string) bool {
	return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(path, "verification/failure/")
}

// madeIn finds the constants that are returned, assigned, passed as arguments or
// set as fields. Comparisons, cases, keys and lists do not produce a failure.
func madeIn(file *ast.File, names map[string]failure.Code) []failure.Code {
	var codes []failure.Code
	take := func(values ...ast.Expr) {
		for _, value := range values {
			if code, ok := names[constantOf(file, value)]; ok {
				codes = append(codes, code)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			take(n.Results...)
		case *ast.AssignStmt:
			take(n.Rhs...)
		case *ast.KeyValueExpr:
			take(n.Value)
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.Ident); !ok || called.Name != "string" {
				take(n.Args...)
			}
		}
		return true
	})
	return codes
}

// constantOf returns the name of a constant of this package, or "" for any other
// expression.
func constantOf(file *ast.File, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if from, ok := e.X.(*ast.Ident); ok && from.Name == "failure" {
			return e.Sel.Name
		}
	case *ast.Ident:
		if file.Name.Name == "failure" {
			return e.Name
		}
	}
	return ""
}
