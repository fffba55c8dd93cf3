package bff

import (
	"encoding/json"
	"reflect"
	"testing"
	"testing/quick"
	"time"
)

// TestTodosBody_AppendJSON holds the encoding by hand against encoding/json, for lists with any texts, also such as are
// not UTF-8, and with any members missing.
func TestTodosBody_AppendJSON(t *testing.T) {
	t.Parallel()
	same := func(rows [][10]string, times []int64, next string, broken []byte) bool {
		body := todosBody{Todos: make([]todoRow, len(rows)), NextCursor: next + string(broken)}
		for i, r := range rows {
			at := func(n int) *time.Time {
				if n >= len(times) {
					return nil
				}
				return when(time.UnixMilli(times[n] % 4e12))
			}
			body.Todos[i] = todoRow{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], at(3 * i), at(3*i + 1), at(3*i + 2), r[9]}
		}
		want, err := json.Marshal(body)
		return err == nil && reflect.DeepEqual(decoded(t, body.appendJSON(nil)), decoded(t, want))
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// TestTodosBody_AppendJSON_HasAllMembers fails when a member is added to the list and not to its encoding.
func TestTodosBody_AppendJSON_HasAllMembers(t *testing.T) {
	t.Parallel()
	now := time.Now()
	body := todosBody{Todos: []todoRow{{
		"id", "state", "kind", "registry", "enterprise", "business", "label", "role", "represented", &now, &now, &now, "hint",
	}}, NextCursor: "next"}
	list, _ := decoded(t, body.appendJSON(nil)).(map[string]any)
	rows, _ := list["todos"].([]any)
	row, _ := rows[0].(map[string]any)
	if got, want := len(list), reflect.TypeFor[todosBody]().NumField(); got != want {
		t.Errorf("the list has %d members, want %d", got, want)
	}
	if got, want := len(row), reflect.TypeFor[todoRow]().NumField(); got != want {
		t.Errorf("a row has %d members, want %d", got, want)
	}
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}
