package store_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statement is one SQL text of a package, as far as the source determines it.
type statement struct {
	where  string   // the function that uses it
	text   string   // on one line; parts that are known only at run time are "…"
	verb   string   // SELECT, INSERT, UPDATE or DELETE
	tables []string // the tables that it names, sorted; "…" is one that is known only at run time
}

// name identifies a statement by the function that uses it, its verb and its tables.
func (s statement) name() string {
	return s.where + ": " + s.verb + " " + strings.Join(s.tables, ", ")
}

// has reports whether the text holds a part.
func (s statement) has(part string) bool { return strings.Contains(s.text, part) }

// source is the parsed source of a package.
type source struct {
	set   *token.FileSet
	files []*ast.File
	uses  map[*ast.Ident]types.Object
	value map[types.Object]ast.Expr // of constants and variables
	known map[token.Pos]bool        // literals that are part of a statement
}

// parseSource parses a package from its files. It does not read the imports, which contribute nothing to SQL texts.
func parseSource(t *testing.T, files map[string]string) *source {
	t.Helper()
	s := &source{
		set: token.NewFileSet(), uses: map[*ast.Ident]types.Object{}, value: map[types.Object]ast.Expr{}, known: map[token.Pos]bool{},
	}
	for name, text := range files {
		f, err := parser.ParseFile(s.set, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.files = append(s.files, f)
	}
	info := &types.Info{Uses: s.uses, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Error: func(error) {}, Importer: noImports{}}
	_, _ = config.Check("store", s.set, s.files, info) // the only errors are the missing imports
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool { s.remember(info.Defs, n); return true })
	}
	return s
}

type noImports struct{}

// Import always fails.
func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not read") }

// remember records the value of each name that a node declares.
func (s *source) remember(defs map[*ast.Ident]types.Object, n ast.Node) {
	var names, values []ast.Expr
	switch n := n.(type) {
	case *ast.ValueSpec:
		for _, name := range n.Names {
			names = append(names, name)
		}
		values = n.Values
	case *ast.AssignStmt:
		names, values = n.Lhs, n.Rhs
	}
	if len(names) != len(values) {
		return
	}
	for i, name := range names {
		if id, isName := name.(*ast.Ident); isName && defs[id] != nil {
			s.value[defs[id]] = values[i]
		}
	}
}

// fold returns the text of an expression, and the literals that it consists of.
func (s *source) fold(e ast.Expr) (string, []token.Pos) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return text, []token.Pos{e.Pos()}
		}
	case *ast.Ident:
		if value := s.value[s.uses[e]]; value != nil {
			return s.fold(value)
		}
	case *ast.ParenExpr:
		return s.fold(e.X)
	case *ast.BinaryExpr:
		left, first := s.fold(e.X)
		right, second := s.fold(e.Y)
		return left + right, append(first, second...)
	case *ast.CallExpr:
		if f, isSelector := e.Fun.(*ast.SelectorExpr); isSelector && f.Sel.Name == "Repeat" {
			return s.fold(e.Args[0])
		}
	}
	return "…", nil
}

var (
	isStatement = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b`)
	namesTable  = regexp.MustCompile(`\b(?:FROM|JOIN|INTO|UPDATE) ([a-z_]+|…)`)
)

// statements returns all SQL texts that functions pass on, sorted by name.
func (s *source) statements() []statement {
	var found []statement
	for _, f := range s.files {
		for _, d := range f.Decls {
			if function, isFunction := d.(*ast.FuncDecl); isFunction {
				ast.Inspect(function, func(n ast.Node) bool { found = append(found, s.of(function.Name.Name, n)...); return true })
			}
		}
	}
	slices.SortFunc(found, func(a, b statement) int { return strings.Compare(a.name()+a.text, b.name()+b.text) })
	return slices.CompactFunc(found, func(a, b statement) bool { return a.where == b.where && a.text == b.text })
}

// of returns the statements among the arguments or elements of a node.
func (s *source) of(function string, n ast.Node) []statement {
	var handed []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		handed = n.Args
	case *ast.CompositeLit:
		handed = n.Elts
	case *ast.KeyValueExpr:
		handed = []ast.Expr{n.Value}
	case *ast.ReturnStmt:
		handed = n.Results
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN { // a further text for a name; remember recorded the first one
			handed = n.Rhs
		}
	}
	var found []statement
	for _, e := range handed {
		text, literals := s.fold(e)
		text = strings.Join(strings.Fields(text), " ")
		verb := isStatement.FindString(text)
		if verb == "" {
			continue
		}
		for _, at := range literals {
			s.known[at] = true
		}
		st := statement{where: function, text: text, verb: verb}
		for _, match := range namesTable.FindAllStringSubmatch(text, -1) {
			st.tables = append(st.tables, match[1])
		}
		slices.Sort(st.tables)
		st.tables = slices.Compact(st.tables)
		found = append(found, st)
	}
	return found
}

// unknown returns the places of literals that name a table and belong to no statement.
func (s *source) unknown() []string {
	var left []string
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool {
			literal, isLiteral := n.(*ast.BasicLit)
			if isLiteral && literal.Kind == token.STRING && !s.known[literal.Pos()] && namesTable.MatchString(literal.Value) {
				left = append(left, s.set.Position(literal.Pos()).String())
			}
			return true
		})
	}
	return left
}
