package identity_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// plainDates returns the types whose dates may be printed, with the reason.
func plainDates() map[string]string {
	const opening = "when an office is open, and who comes is not in it"
	return map[string]string{
		"appointment.Slot": opening, "appointment.SlotKey": opening, "appointment.Number": "a day on which an office calls numbers", "appointment.Office": opening,
		"fakes.cardDay": "of tests",
	}
}

// A date renders plainly, and a validity is personal. So every type with a date has a Format of its own, or a reason.
func TestDates_ArePrintedByNoTypeThatHoldsThem(t *testing.T) {
	t.Parallel()
	unused := plainDates()
	holders, formatted := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && slices.Contains([]string{"node_modules", "miniapp", "testdata"}, entry.Name()) {
			return filepath.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		note(file, holders, formatted)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(holders) < 4 {
		t.Fatalf("found only %v", holders)
	}
	for name := range holders {
		if plainDates()[name] == "" && !formatted[name] {
			t.Errorf("%s has dates and no method Format: it prints them", name)
		}
		delete(unused, name)
	}
	if len(unused) > 0 {
		t.Errorf("there is no type for %v", unused)
	}
}

// note adds the types of a file that hold a date, and those that have a method Format.
func note(file *ast.File, holders, formatted map[string]bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if made, ok := n.Type.(*ast.StructType); ok && holdsDate(file.Name.Name, made) {
				holders[file.Name.Name+"."+n.Name.Name] = true
			}
		case *ast.FuncDecl:
			if n.Recv == nil || n.Name.Name != "Format" {
				break
			}
			if of, ok := n.Recv.List[0].Type.(*ast.Ident); ok {
				formatted[file.Name.Name+"."+of.Name] = true
			}
		}
		return true
	})
}

// holdsDate reports whether a field of a struct is a date, or leads to dates.
func holdsDate(in string, made *ast.StructType) bool {
	for _, field := range made.Fields.List {
		found := false
		ast.Inspect(field.Type, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncType:
				return false
			case *ast.SelectorExpr:
				from, ok := n.X.(*ast.Ident)
				found = found || ok && from.Name == "identity" && n.Sel.Name == "Date"
			case *ast.Ident:
				found = found || in == "identity" && n.Name == "Date"
			}
			return true
		})
		if found {
			return true
		}
	}
	return false
}
