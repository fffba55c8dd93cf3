package migrations_test

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"renzheng/sql/migrations"
)

// settled is the last migration from before servers were upgraded one by one.
const settled = 16

// breaking are statements after which a server of the version before no longer works on the same tables.
func breaking() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"drops a table":              regexp.MustCompile(`(?i)\bDROP\s+TABLE\b`),
		"drops a column":             regexp.MustCompile(`(?i)\bDROP\s+COLUMN\b`),
		"renames":                    regexp.MustCompile(`(?i)\bRENAME\b`),
		"changes a column":           regexp.MustCompile(`(?i)\b(MODIFY|CHANGE|ALTER)\s+COLUMN\b`),
		"changes a primary key":      regexp.MustCompile(`(?i)\bDROP\s+PRIMARY\s+KEY\b`),
		"makes an old table unique":  regexp.MustCompile(`(?i)\bALTER\s+TABLE\b[^;]*\bADD\s+UNIQUE\b`),
		"adds a column that it must": regexp.MustCompile(`(?i)\bADD\s+COLUMN\b(?:(?:[^,;'"(]|\([^)]*\)|'[^']*')*\bNOT\s+NULL\b)`),
	}
}

// contraction marks a migration that takes away what no supported version uses any more: "-- contract: unused since 1.2.0".
var contraction = regexp.MustCompile(`(?m)^-- contract: unused since [0-9]+\.[0-9]+\.[0-9]+$`)

// problems returns why the upward part of a migration cannot be applied while older servers run.
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

// columnAfter returns the definition of an added column to its end, or "" for other statements.
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

// Servers are upgraded one by one, so each migration works for the version before it as well: it adds first, and what is
// no longer used goes in a later version.
func TestMigrations_OnlyAdd(t *testing.T) {
	t.Parallel()
	for _, dialect := range []string{"sqlite", "mysql"} {
		files, err := migrations.For(dialect)
		if err != nil {
			t.Fatal(err)
		}
		names, err := fs.Glob(files, "*.sql")
		if err != nil || len(names) < settled/2 {
			t.Fatalf("%s: got %d migrations, %v", dialect, len(names), err)
		}
		for _, name := range names {
			number, _ := strconv.Atoi(name[:4])
			if number <= settled {
				continue
			}
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range problems(string(text)) {
				t.Errorf("%s/%s %s, which breaks servers of the version before", dialect, name, problem)
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
		"ALTER TABLE t ADD UNIQUE KEY u (c);":                  "makes an old table unique",
		"ALTER TABLE t ADD COLUMN c INTEGER NOT NULL;":         "adds a column that it must",
		"ALTER TABLE t ADD COLUMN c VARCHAR(48) NOT NULL, ADD COLUMN d INT NOT NULL DEFAULT 0;": "adds a column that it must",
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
