package migrations_test

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"renzheng/sql/migrations"
)

// lastUnchecked is the last migration that was made before rolling upgrades were supported.
const lastUnchecked = 16

// breaking returns patterns of statements that break servers of the previous version on the same tables.
func breaking() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"drops a table":          regexp.MustCompile(`(?i)\bDROP\s+TABLE\b`),
		"drops a column":         regexp.MustCompile(`(?i)\bDROP\s+COLUMN\b`),
		"renames":                regexp.MustCompile(`(?i)\bRENAME\b`),
		"changes a column":       regexp.MustCompile(`(?i)\b(MODIFY|CHANGE|ALTER)\s+COLUMN\b`),
		"changes a primary key":  regexp.MustCompile(`(?i)\bDROP\s+PRIMARY\s+KEY\b`),
		"adds a unique key":      regexp.MustCompile(`(?i)\bALTER\s+TABLE\b[^;]*\bADD\s+UNIQUE\b`),
		"adds a required column": regexp.MustCompile(`(?i)\bADD\s+COLUMN\b(?:(?:[^,;'"(]|\([^)]*\)|'[^']*')*\bNOT\s+NULL\b)`),
	}
}

// contraction matches the mark of a migration that removes what no supported version uses: "-- contract: unused since 1.2.0".
var contraction = regexp.MustCompile(`(?m)^-- contract: unused since [0-9]+\.[0-9]+\.[0-9]+$`)

// problems returns why the Up part of a migration cannot be applied while servers of the previous version run.
func problems(text string) []string {
	up, _, _ := strings.Cut(text, "-- +goose Down")
	if contraction.MatchString(up) {
		return nil
	}
	up = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(up, "")
	var found []string
	for what, pattern := range breaking() {
		for _, statement := range pattern.FindAllString(up, -1) {
			if !strings.Contains(strings.ToUpper(columnAfter(up, statement)), "DEFAULT") {
				found = append(found, what)
			}
		}
	}
	return found
}

// columnAfter returns the whole definition of the column that statement begins to add, or "" for other statements.
func columnAfter(text, statement string) string {
	if !strings.HasPrefix(strings.ToUpper(statement), "ADD") {
		return ""
	}
	_, rest, _ := strings.Cut(text, statement)
	if end := strings.IndexAny(rest, ",;\n"); end >= 0 {
		rest = rest[:end]
	}
	return statement + rest
}

// Servers are upgraded one by one, so a migration must also work for the previous version. It only adds; what is no
// longer used is removed by a later version.
func TestMigrations_OnlyAdd(t *testing.T) {
	t.Parallel()
	for _, dialect := range []string{"sqlite", "mysql"} {
		files, err := migrations.For(dialect)
		if err != nil {
			t.Fatal(err)
		}
		names, err := fs.Glob(files, "*.sql")
		if err != nil || len(names) < lastUnchecked/2 {
			t.Fatalf("%s: got %d migrations, %v", dialect, len(names), err)
		}
		for _, name := range names {
			number, _ := strconv.Atoi(name[:4])
			if number <= lastUnchecked {
				continue
			}
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range problems(string(text)) {
				t.Errorf("%s/%s %s, which breaks servers of the previous version", dialect, name, problem)
			}
		}
	}
}

func TestMigrations_BreakingOnesAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"DROP TABLE t;":                                        "drops a table",
		"ALTER TABLE t DROP COLUMN c;":                         "drops a column",
		"ALTER TABLE t RENAME TO u;":                           "renames",
		"ALTER TABLE t MODIFY COLUMN c BIGINT;":                "changes a column",
		"ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (c);": "changes a primary key",
		"ALTER TABLE t ADD UNIQUE KEY u (c);":                  "adds a unique key",
		"ALTER TABLE t ADD COLUMN c INTEGER NOT NULL;":         "adds a required column",
		"ALTER TABLE t ADD COLUMN c VARCHAR(48) NOT NULL, ADD COLUMN d INT NOT NULL DEFAULT 0;": "adds a required column",
	} {
		if got := problems("-- +goose Up\n" + text); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{
		"CREATE TABLE t (c TEXT NOT NULL);", "CREATE INDEX i ON t(c);", "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL DEFAULT 0;",
		"ALTER TABLE t ADD COLUMN c TEXT;", "-- DROP TABLE t;", "-- contract: unused since 1.2.0\nDROP TABLE t;",
		"ALTER TABLE t ADD KEY k (c);\n-- +goose Down\nDROP TABLE t;",
	} {
		if got := problems("-- +goose Up\n" + text); len(got) > 0 {
			t.Errorf("%s: got %q, want nothing", text, got)
		}
	}
}
