package storetest_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"renzheng/sql/store"
)

// untagged returns the columns of tagged tables that a tag does not authenticate, with the reason. Whoever adds a column
// either adds it to the content of the tag or gives a reason here.
func untagged() map[string]string {
	const sealed, counts, worker = "authenticates itself, for its row", "a count of tries gives no authority", "only the worker reads it"
	return map[string]string{
		"sessions.idle_until":            "moves with requests, and never beyond until",
		"sessions.turn":                  "only makes transactions wait for one another",
		"sessions.owner_check_id":        "the channel's answer decides, not the row",
		"sessions.owner_check_until":     "the channel's answer decides, not the row",
		"staff_sessions.idle_until":      "moves with requests, and never beyond until",
		"staff_sessions.name_cipher":     sealed,
		"grants.document_cipher":         sealed,
		"verifications.document_cipher":  sealed,
		"verifications.document_type":    "only counted",
		"attempts.call_cipher":           sealed,
		"attempts.card_last4_cipher":     sealed,
		"attempts.budgets":               counts,
		"attempts.next_try_at":           worker,
		"attempts.tries":                 worker,
		"todos.signer_cipher":            sealed,
		"todos.headline_cipher":          sealed,
		"todos.content_cipher":           sealed,
		"todos.salt_cipher":              sealed,
		"visits.evidence_cipher":         sealed,
		"appeals.turn":                   "only says that something changed; who read what is in the staff's accesses",
		"appeals.form_cipher":            sealed,
		"appeals.reason_cipher":          sealed,
		"appeals.ground_cipher":          sealed,
		"appeals.returned_cipher":        sealed,
		"appeals.returned_at":            "shown to reviewers; who sent it back when is in the ledger",
		"appeals.reading_consent":        "names a consent, whose account and kind a reading demands; without one nothing is sent",
		"appeals.read_at":                "shown to the person; who read what is in the staff's accesses",
		"appeals.read_by":                "as read_at",
		"appeals.kept_from":              worker,
		"appeal_materials.turn":          "only makes transactions wait for one another",
		"appeal_materials.delete_after":  worker,
		"appeal_materials.claimed_until": "a call that checks again makes the same copy",
		"appeal_materials.claims":        counts,
		"rule_versions.content":          "is compared with its digest where it is read",
		"escalations.note_cipher":        sealed,
		"escalations.answer_cipher":      sealed,
	}
}

// tableKeys are the columns of the primary keys of tagged tables; the others have id.
func tableKey(table string) []string {
	return map[string][]string{"checks": {"verification_id", "kind"}, "switches": {"check_kind", "provider"}, "ledger_entries": {"sequence"}, "appeal_readings": {"material_id"}}[table]
}

// dbRow is a row as the engine returns it.
type dbRow struct {
	table   string
	columns []string
	kinds   []string // what the engine calls the types
	values  []any
}

func (r dbRow) clone() dbRow { r.values = slices.Clone(r.values); return r }

func (r dbRow) at(column string) int { return slices.Index(r.columns, column) }

func (r dbRow) key() []string {
	if key := tableKey(r.table); key != nil {
		return key
	}
	return []string{"id"}
}

// name returns what a row is reported as.
func (r dbRow) name() store.AlteredError {
	var parts []string
	for _, column := range r.key() {
		parts = append(parts, text(r.values[r.at(column)]))
	}
	return store.AlteredError{Table: r.table, ID: strings.Join(parts, "|")}
}

func text(value any) string {
	if b, ok := value.([]byte); ok {
		return string(b)
	}
	return fmt.Sprint(value)
}

// tampering is somebody who may change the database and nothing else.
type tampering struct {
	t     *testing.T
	db    *sqlx.DB
	store *store.Store
}

func newTampering(t *testing.T, f *fixture) *tampering {
	t.Helper()
	db := f.raw(t)
	db.SetMaxOpenConns(1)
	if strings.HasPrefix(f.dsn, "mysql:") {
		if _, err := db.ExecContext(t.Context(), "SET FOREIGN_KEY_CHECKS = 0"); err != nil {
			t.Fatal(err)
		}
	}
	return &tampering{t: t, db: db, store: f.store}
}

// rows returns all rows of a table.
func (m *tampering) rows(table string) []dbRow {
	m.t.Helper()
	found, err := m.db.QueryxContext(m.t.Context(), "SELECT * FROM "+table)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	types, err := found.ColumnTypes()
	if err != nil {
		m.t.Fatal(err)
	}
	row := dbRow{table: table}
	for _, c := range types {
		row.columns, row.kinds = append(row.columns, c.Name()), append(row.kinds, c.DatabaseTypeName())
	}
	var all []dbRow
	for found.Next() {
		one := row
		if one.values, err = found.SliceScan(); err != nil {
			m.t.Fatal(err)
		}
		for i, value := range one.values {
			if b, ok := value.([]byte); ok {
				one.values[i] = bytes.Clone(b)
			}
		}
		all = append(all, one)
	}
	if err = found.Err(); err != nil {
		m.t.Fatal(err)
	}
	return all
}

func (m *tampering) insert(r dbRow) error {
	_, err := m.db.ExecContext(m.t.Context(), "INSERT INTO "+r.table+" ("+strings.Join(r.columns, ", ")+") VALUES (?"+
		strings.Repeat(", ?", len(r.columns)-1)+")", r.values...)
	return err
}

func (m *tampering) remove(r dbRow) error {
	query, args := "DELETE FROM "+r.table+" WHERE 1 = 1", []any(nil)
	for _, column := range r.key() {
		query, args = query+" AND "+column+" = ?", append(args, r.values[r.at(column)])
	}
	_, err := m.db.ExecContext(m.t.Context(), query, args...)
	return err
}

// replace puts one row in the place of another, and reports whether the engine took it.
func (m *tampering) replace(old, changed dbRow) bool {
	m.t.Helper()
	if err := m.remove(old); err != nil {
		m.t.Fatal(err)
	}
	if m.insert(changed) == nil {
		return true
	}
	if err := m.insert(old); err != nil {
		m.t.Fatal(err)
	}
	return false
}

// verify returns the rows that a pass over all tables notices.
func (m *tampering) verify() []store.AlteredError {
	m.t.Helper()
	var found []store.AlteredError
	counts, err := m.store.VerifyRows(m.t.Context(), func(row store.AlteredError) { found = append(found, row) }, func(int, int, string) {})
	if err != nil {
		m.t.Fatal(err)
	}
	if counts.Altered != len(found) || counts.Untagged != 0 {
		m.t.Errorf("got %+v, want %d altered rows", counts, len(found))
	}
	return found
}

// another returns a value that differs. Sometimes it is that of the same column in another row, which is what a thief
// would write.
func (m *tampering) another(column int, old dbRow, among []dbRow) any {
	value := old.values[column]
	if other := among[mathrand.IntN(len(among))].values[column]; mathrand.IntN(2) == 0 && text(other) != text(value) {
		return other
	}
	switch name := old.columns[column]; {
	case value == nil && old.kinds[column] == "BLOB":
		return []byte("x")
	case value == nil:
		return "x"
	case name == "prefilled" || name == "counted" || name == "undecided":
		return map[string]int{"0": 1, "1": 0}[text(value)]
	case strings.Contains(old.kinds[column], "INT"):
		var n int64
		_, _ = fmt.Sscan(text(value), &n)
		return n + 1 + mathrand.Int64N(1000)
	}
	changed := []byte(text(value))
	switch kind := old.kinds[column]; {
	case strings.Contains(kind, "BLOB") || strings.Contains(kind, "BINARY"):
		if len(changed) == 0 {
			return []byte("x")
		}
		changed[mathrand.IntN(len(changed))] ^= 1 << mathrand.IntN(8)
		return changed
	case len(changed) == 0:
		return "x"
	case changed[len(changed)-1] == 'a':
		changed[len(changed)-1] = 'b'
	default:
		changed[len(changed)-1] = 'a'
	}
	return string(changed)
}

// unique gives a row that is inserted next to its pattern the values that must be its own.
func (m *tampering) unique(r dbRow) dbRow {
	r = r.clone()
	for _, column := range append(r.key(), map[string][]string{"sessions": {"token_hash"}, "staff_sessions": {"token_hash"}, "grants": {"verification_id"}}[r.table]...) {
		own := make([]byte, 16)
		rand.Read(own)
		if i := r.at(column); column == "token_hash" {
			r.values[i] = slices.Concat(own, own)
		} else if r.table == "row_integrity" {
			r.values[i] = 2
		} else {
			r.values[i] = hex.EncodeToString(own[:8])
		}
	}
	for _, column := range []string{"provider_id", "signer_id"} {
		if i := r.at(column); i >= 0 {
			r.values[i] = map[string]any{"provider_id": nil, "signer_id": "forged"}[column]
		}
	}
	return r
}
