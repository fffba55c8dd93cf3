package keyring_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"renzheng/keyring"
)

func TestOpen_RefusesBadFiles(t *testing.T) {
	t.Parallel()
	good := generate(t)
	set := func(list string, i int, member string, value any) func(map[string]any) {
		return func(top map[string]any) { entry(t, top, list, i)[member] = value }
	}
	copyFirst := func(from, to string) func(map[string]any) {
		return func(top map[string]any) { top[to] = append(top[to].([]any), entry(t, top, from, 0)) } //nolint:errcheck,forcetypeassert // the list is there
	}
	cases := map[string]struct {
		change func(top map[string]any)
		want   string
	}{
		"an unknown list":               {func(top map[string]any) { top["more"] = 1 }, "/: has an unknown member"},
		"a list in capitals":            {func(top map[string]any) { top["Master"] = top["master"] }, "/: has an unknown member"},
		"a missing list":                {func(top map[string]any) { delete(top, "published") }, "/: lacks published"},
		"an empty list of masters":      {func(top map[string]any) { top["master"] = []any{} }, "/master: has no key"},
		"an empty list of signing keys": {func(top map[string]any) { top["signing"] = []any{} }, "/signing: has no key"},
		"a master without its key":      {func(top map[string]any) { delete(entry(t, top, "master", 0), "key") }, "/master/0: lacks key"},
		"an id of 33 characters":        {set("master", 0, "id", strings.Repeat("a", 33)), "/master/0/id: is not 1 to 32"},
		"a list that is null":           {func(top map[string]any) { top["lookup"] = nil }, "/lookup: is not a list"},
		"an unknown member of a key":    {set("master", 0, "note", "x"), "/master/0: has an unknown member"},
		"an id with a slash":            {set("master", 0, "id", "a/b"), "/master/0/id: is not 1 to 32"},
		"a key that is too short":       {set("lookup", 0, "key", "AAEC"), "/lookup/0/key: is not 32 bytes"},
		"a placeholder key":             {set("master", 0, "key", strings.Repeat("A", 43)+"="), "one byte repeated"},
		"a key that is a number":        {set("master", 0, "key", 5), "/master/0/key: is not a text"},
		"one key in two lists":          {copyFirst("master", "lookup"), "the same key as another"},
		"one id twice":                  {copyFirst("master", "master"), "/master/1: has the id of another key"},
		"one signing key twice":         {copyFirst("signing", "signing"), "/signing/1: is the same key as another"},
		"a private key that is not":     {set("signing", 0, "private", "secret words"), "/signing/0/private: is not a private key"},
		"a time without zone":           {set("signing", 0, "use_from", "2026-11-21"), "/signing/0/use_from: is not a time"},
		"a private key as published":    {copyFirst("signing", "published"), "/published/0: has an unknown member"},
		"a list instead of an object":   {func(top map[string]any) { top["master"] = []any{[]any{}} }, "/master/0: is not an object"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := keyring.Open(edit(t, good, c.change))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestOpen_TakesTheLargestFileAndTheLongestID(t *testing.T) {
	t.Parallel()
	file := edit(t, generate(t), func(top map[string]any) { entry(t, top, "master", 0)["id"] = strings.Repeat("a", 32) })
	full := slices.Concat(file, bytes.Repeat([]byte{' '}, 1<<20-len(file)))
	if _, err := keyring.Open(full); err != nil {
		t.Errorf("got %v for 1 MiB", err)
	}
	if _, err := keyring.Open(append(full, ' ')); err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("got %v for more than 1 MiB", err)
	}
}

func TestOpen_RefusesBrokenJSON(t *testing.T) {
	t.Parallel()
	good := string(generate(t))
	cases := map[string]struct{ file, want string }{
		"nothing":               {"", "is not an object"},
		"a cut file":            {good[:len(good)/2], "broken JSON"},
		"two objects":           {good + "{}", "broken JSON at its end"},
		"a list twice":          {strings.Replace(good, `"master"`, `"master": [], "master"`, 1), "has master twice"},
		"an id twice":           {strings.Replace(good, `"id"`, `"id": "m9", "id"`, 1), "/master/0: has id twice"},
		"more than a key file":  {strings.Repeat(" ", 1<<20) + good, "larger than 1 MiB"},
		"a comma too many":      {strings.Replace(good, "{", "{,", 1), "broken JSON"},
		"a text that is no key": {`"master"`, "is not an object"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := keyring.Open([]byte(c.file))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestOpen_ReportsAllProblemsWithoutKeyMaterial(t *testing.T) {
	t.Parallel()
	const pasted = "c2VudGluZWwtc2VudGluZWwtc2VudGluZWwtc2VudGluZWw"
	file := edit(t, generate(t), func(top map[string]any) {
		entry(t, top, "master", 0)["key"] = pasted
		entry(t, top, "master", 0)["id"] = pasted
		entry(t, top, "lookup", 0)[pasted] = pasted
		entry(t, top, "signing", 0)["private"] = pasted
		entry(t, top, "signing", 0)["use_from"] = pasted
		top["published"] = []any{map[string]any{"d": pasted}}
	})
	_, err := keyring.Open(file)
	if err == nil {
		t.Fatal("got no error")
	}
	for _, want := range []string{
		"/master/0/key", "/master/0/id", "/lookup/0", "/signing/0/private", "/signing/0/use_from", "/published/0",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %q, want %s reported too", err, want)
		}
	}
	if strings.Contains(err.Error(), pasted) {
		t.Errorf("the error repeats key material: %v", err)
	}
}

func TestReload_KeepsTheOldKeys(t *testing.T) {
	t.Parallel()
	file := generate(t)
	other := generate(t)
	cases := map[string]struct {
		next []byte
		want string
	}{
		"when the file is broken":           {[]byte("{"), "reading the key file"},
		"when a public key is dropped":      {edit(t, file, func(top map[string]any) { top["signing"] = listOf(t, other, "signing") }), "public half of signing key"},
		"when an id gets another key":       {edit(t, file, func(top map[string]any) { top["master"] = listOf(t, other, "master") }), `master key "m1" has another value`},
		"when a look-up id gets another":    {edit(t, file, func(top map[string]any) { top["lookup"] = listOf(t, other, "lookup") }), `lookup key "l1" has another value`},
		"when everything is somebody elses": {other, "public half of signing key"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ring := open(t, file)
			before := ring.JWKS()
			err := ring.Reload(c.next)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
			if keyring.CompareChecks(ring.Checks(), open(t, file).Checks()) != nil || !bytes.Equal(ring.JWKS(), before) {
				t.Error("the keys changed")
			}
		})
	}
}

func listOf(t *testing.T, file []byte, list string) any {
	t.Helper()
	var top map[string]any
	if err := json.Unmarshal(file, &top); err != nil {
		t.Fatal(err)
	}
	return top[list]
}

func FuzzOpenKeyFile(f *testing.F) {
	good := generate(f)
	f.Add(good)
	f.Add(rotate(f, good, keyring.KindSigning, start))
	f.Add([]byte(`{"master":[{"id":"m1","key":""}],"lookup":null,"signing":[],"published":[{}]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		ring, err := keyring.Open(file)
		if err != nil {
			return
		}
		again, err := keyring.Rotate(file, keyring.KindMaster, start)
		if err != nil {
			t.Fatalf("a file that opens does not rotate: %v", err)
		}
		if err := ring.Reload(again); err != nil {
			t.Fatalf("a rotated file does not load: %v", err)
		}
	})
}
