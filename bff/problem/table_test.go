package problem_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/todo"
)

func load(t *testing.T) problem.Table {
	t.Helper()
	table, err := problem.Load()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestLoad_HasEveryTextInEveryLanguage(t *testing.T) {
	t.Parallel()
	for code, kind := range load(t) {
		for _, text := range []identity.Text{kind.Title, kind.Detail} {
			for _, language := range []string{text.Chinese, text.Traditional, text.English} {
				if err := identity.PlainText(language, 200); err != nil {
					t.Errorf("%s: got %v for %q, want a plain text", code, err, language)
				}
			}
		}
	}
}

// TestLoad_HasEveryCode compares the table with the constants of codes.go.
func TestLoad_HasEveryCode(t *testing.T) {
	t.Parallel()
	table := load(t)
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok {
			return true
		}
		code, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := table[code]; !ok && !strings.Contains(code, "/") {
			t.Errorf("the table lacks %q", code)
		}
		return true
	})
}

func TestTable_Document(t *testing.T) {
	t.Parallel()
	table := load(t)
	got, ok := table.Document(problem.StateChanged, identity.English)
	if !ok || got.Status != 409 || got.RetryAfter != "1" || got.Title != "The state has changed" {
		t.Errorf("got %+v, %v", got, ok)
	}
	if got, ok = table.Document("tomorrow", identity.English); ok || got.Code != problem.Internal {
		t.Errorf("got %s, %v for an unknown code, want %s, false", got.Code, ok, problem.Internal)
	}
}

func TestCodeOf(t *testing.T) {
	t.Parallel()
	if code, ok := problem.CodeOf(fmt.Errorf("reading: %w", todo.ErrNotFound)); !ok || code != problem.NotFound {
		t.Errorf("got %q, %v, want %q", code, ok, problem.NotFound)
	}
	if code, ok := problem.CodeOf(errors.New("disk full")); ok {
		t.Errorf("got %q for an unknown error, want none", code)
	}
}
