package store_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// impersonal returns the tables without a row about a person, with the reason. Every other table of the migrations is
// personal.
func impersonal() []string {
	return []string{
		"backups",          // of the whole database
		"budgets",          // counters under keyed scopes
		"case_cursors",     // up to where the purge has looked
		"database_epoch",   // of the whole database
		"data_keys",        // wrapped; they are useless without the rows that they open
		"feeds",            // a position for each registry
		"key_checks",       // of the operator's keys
		"leases",           // of workers
		"ledger_heads",     // the end of the ledger
		"office_counts",    // numbers of an office and day
		"nonces",           // of registries' requests
		"queue_calls",      // of forms and desks; an erasure leaves the id of a number that is gone
		"provider_tokens",  // of third parties
		"rule_heads",       // the number of the last version
		"rule_simulations", // numbers without a person
		"rule_versions",    // of rules and texts
		"support_codes",    // pictures of QR codes
		"support_messages", // hashes of messages, without who sent them
		"switch_changes",   // of the operator
		"switches",
	}
}

// guardedWrites returns the tables whose changes must join a live grant, as reads must (R3).
func guardedWrites() []string { return []string{"confirmations", "portraits", "todos"} }

// needsGrant reports whether a statement must join a live grant, because it reads a personal table or changes a table of
// guardedWrites.
func needsGrant(s statement, personal []string) bool {
	changes := s.verb != "SELECT" && !s.has("SELECT ")
	return slices.ContainsFunc(s.tables, func(table string) bool {
		switch {
		case s.verb == "INSERT" && !s.has("SELECT "):
			return false // reads nothing
		case changes:
			return slices.Contains(guardedWrites(), table)
		}
		return slices.Contains(personal, table)
	})
}

var (
	joinsGrant = regexp.MustCompile(`(FROM|[^TR] JOIN) grants g\b`) // not an outer join, which requires nothing
	sameOwner  = regexp.MustCompile(`\.(subject|owner)_id = g\.subject_id|g\.subject_id = [a-z]\.subject_id|SELECT \?, g\.subject_id|\bsubject_id = \? .*FROM grants g.* g\.subject_id = \?`)
)

// joinsLiveGrant reports whether a statement finds only rows of the subject whose live grant the asking session has.
func joinsLiveGrant(s statement) bool {
	return joinsGrant.MatchString(s.text) && s.has("g.ended_at = 0 AND g.until > ?") && s.has("g.session_id = ") &&
		sameOwner.MatchString(s.text)
}

// readSource returns the files of a package of this repository, without its tests.
func readSource(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range paths {
		if !strings.HasSuffix(path, "_test.go") {
			files[path] = readFile(t, path)
		}
	}
	return files
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// personalTables returns the tables of the migrations that are not impersonal.
func personalTables(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("../migrations/sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for _, path := range paths {
		for _, created := range regexp.MustCompile(`CREATE TABLE (?:IF NOT EXISTS )?(\w+)`).FindAllStringSubmatch(readFile(t, path), -1) {
			if !slices.Contains(impersonal(), created[1]) {
				tables = append(tables, created[1])
			}
		}
	}
	return append(tables, "…") // a table whose name is known only at run time may be one of them
}

// Every statement that reads a person's row, or changes what belongs to an answer, joins a live grant of the session
// that asks (R3), or is listed in exemptions with a reason. The statements are found in the source, so that none is
// forgotten.
func TestStatements_OfPersonsJoinALiveGrant(t *testing.T) {
	t.Parallel()
	guarded, problems := audit(parseSource(t, readSource(t, ".")), personalTables(t), exemptions())
	for _, problem := range problems {
		t.Error(problem)
	}
	if guarded == 0 {
		t.Error("no statement joins a live grant: the search finds nothing")
	}
}

// audit returns the number of statements that join a live grant, and the problems of the others.
func audit(s *source, personal []string, exempt []exemption) (guarded int, problems []string) {
	unused := map[string]bool{}
	for _, e := range exempt {
		for _, name := range e.names {
			unused[name] = true
		}
	}
	for _, st := range s.statements() {
		if !needsGrant(st, personal) {
			continue
		}
		if joinsLiveGrant(st) {
			guarded++
			continue
		}
		n := slices.IndexFunc(exempt, func(e exemption) bool { return slices.Contains(e.names, st.name()) })
		switch {
		case n < 0:
			problems = append(problems, st.name()+" joins no live grant, and no reason is given:\n"+st.text)
		case !st.has(exempt[n].by):
			problems = append(problems, st.name()+" is not narrowed by "+exempt[n].by+":\n"+st.text)
		default:
			delete(unused, st.name())
		}
	}
	for _, at := range s.unknown() {
		problems = append(problems, at+" names a table, but belongs to no statement that the search understands")
	}
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		problems = append(problems, name+" is exempt but needs no exemption, or does not exist")
	}
	return guarded, problems
}

// The search finds each of these statements, which join no live grant.
func TestStatements_FindsOneThatIsNotGuarded(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"a read":             `get("SELECT content_cipher FROM todos WHERE id = ?")`,
		"from a constant":    `get(todosOf + "id = ?")`,
		"an outer join":      `get("SELECT 1 FROM todos t LEFT JOIN grants g ON t.subject_id = g.subject_id AND g.session_id = ? AND g.ended_at = 0 AND g.until > ?")`,
		"an ended grant":     `get("SELECT 1 FROM grants g JOIN todos t ON t.subject_id = g.subject_id WHERE g.session_id = ?")`,
		"of another subject": `get("SELECT 1 FROM grants g JOIN todos t ON t.id = ? WHERE g.id = ? AND g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?")`,
		"a change":           `exec("UPDATE todos SET state = ? WHERE id = ?")`,
		"a copy":             `exec("INSERT INTO copies (id) SELECT id FROM portraits WHERE id = ?")`,
		"any table":          `get("SELECT 1 FROM " + table)`,
		"in a list":          `for _, q := range []string{"DELETE FROM portraits WHERE id = ?"} { exec(q) }`,
		"in a struct":        `run(query{text: "SELECT 1 FROM portraits"})`,
		"bit by bit":         `q := "SELECT 1"; q += " FROM portraits"; get(q)`,
	} {
		text := "package store\nconst todosOf = `SELECT 1 FROM todos WHERE `\nfunc f(table string) {\n" + body + "\n}"
		_, problems := audit(parseSource(t, map[string]string{"f.go": text}), []string{"todos", "portraits", "…"}, nil)
		if len(problems) == 0 {
			t.Errorf("%s: nothing was found in\n%s", name, body)
		}
	}
}
