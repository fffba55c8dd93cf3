package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"renzheng/sql/migrations"
)

// missing returns what TiDB or OceanBase in its MySQL mode lack, or do otherwise; docs/databases.md has the sources.
func missing() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"a stored procedure or function":   regexp.MustCompile(`(?i)\bCREATE\s+(?:PROCEDURE|FUNCTION)\b|^\s*CALL\s`),
		"a trigger or event":               regexp.MustCompile(`(?i)\bCREATE\s+(?:TRIGGER|EVENT)\b`),
		"a full-text or spatial index":     regexp.MustCompile(`(?i)\b(?:FULLTEXT|SPATIAL)\b`),
		"XA":                               regexp.MustCompile(`(?i)^\s*XA\s`),
		"a table made of a query":          regexp.MustCompile(`(?i)\bCREATE\s+TABLE\b[^(]*\bAS\s+SELECT\b`),
		"a command for tables":             regexp.MustCompile(`(?i)^\s*(?:CHECK|CHECKSUM|REPAIR|OPTIMIZE|LOCK)\s+TABLES?\b`),
		"a named lock":                     regexp.MustCompile(`(?i)\b(?:GET|RELEASE)_LOCK\s*\(`),
		"SKIP LOCKED or NOWAIT":            regexp.MustCompile(`(?i)\b(?:SKIP\s+LOCKED|NOWAIT)\b`),
		"a shared lock of rows":            regexp.MustCompile(`(?i)\bFOR\s+SHARE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b`),
		"RETURNING":                        regexp.MustCompile(`(?i)\bRETURNING\b`),
		"an automatic number":              regexp.MustCompile(`(?i)\bAUTO_?INCREMENT\b|\bLAST_INSERT_ID\s*\(`),
		"a foreign key, which shards lack": regexp.MustCompile(`(?i)\bFOREIGN\s+KEY\b|\bREFERENCES\b`),
		"another isolation level":          regexp.MustCompile(`(?i)\b(?:SERIALIZABLE|READ\s+UNCOMMITTED)\b`),
		"a savepoint":                      regexp.MustCompile(`(?i)^\s*SAVEPOINT\s`),
	}
}

// lacks returns what of a statement is missing elsewhere.
func lacks(statement string) []string {
	var found []string
	for what, pattern := range missing() {
		if pattern.MatchString(statement) {
			found = append(found, what)
		}
	}
	return found
}

// The store runs on databases that share MySQL's protocol and not all of its statements.
func TestStatements_AreNoMoreThanDistributedDatabasesHave(t *testing.T) {
	t.Parallel()
	statements := statementsOfPackage(t)
	const atLeast = 200
	if len(statements) < atLeast {
		t.Fatalf("got %d statements of the package, want at least %d", len(statements), atLeast)
	}
	maps.Copy(statements, statementsOfMigrations(t))
	for at, statement := range statements {
		for _, what := range lacks(statement) {
			t.Errorf("%s uses %s", at, what)
		}
	}
}

func TestStatements_WhatIsMissingIsFound(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1", "CALL purge()", "CREATE FUNCTION f() RETURNS INT RETURN 1",
		"ALTER TABLE a ADD FULLTEXT INDEX f (b)", "XA START 'a'", "CREATE TABLE a AS SELECT * FROM b", "OPTIMIZE TABLE a",
		"SELECT GET_LOCK('a', 1)", "SELECT a FROM b FOR UPDATE SKIP LOCKED", "SELECT a FROM b LOCK IN SHARE MODE",
		"DELETE FROM a RETURNING b", "CREATE TABLE a (b BIGINT AUTO_INCREMENT)", "CREATE TABLE a (b BIGINT REFERENCES c(d))",
		"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SAVEPOINT a",
	} {
		if len(lacks(statement)) != 1 {
			t.Errorf("%s: got %q, want one", statement, lacks(statement))
		}
	}
}

var looksLikeSQL = regexp.MustCompile(`(?s)^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|ALTER|SET|SHOW|UNION)\s|\bWHERE\b`)

// statementsOfPackage returns the statements in the sources of the store, by their place.
func statementsOfPackage(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d sources, %v", len(files), err)
	}
	statements := map[string]string{}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "sqlite") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(literal.Value); err == nil && looksLikeSQL.MatchString(text) {
				statements[set.Position(literal.Pos()).String()] = text
			}
			return true
		})
	}
	return statements
}

func statementsOfMigrations(t *testing.T) map[string]string {
	t.Helper()
	files, err := migrations.For("mysql")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d migrations, %v", len(names), err)
	}
	statements := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		plain := regexp.MustCompile(`--[^\n]*`).ReplaceAllString(string(text), "")
		for i, statement := range strings.Split(plain, ";") {
			statements[name+" "+strconv.Itoa(i+1)] = statement
		}
	}
	return statements
}
