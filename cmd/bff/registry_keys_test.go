package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry"
)

func TestCheckKeys_NamesThoseThatEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	key := func(id, public string, until time.Duration) map[string]any {
		k := map[string]any{"id": id, "alg": "ed25519", "public_key": public}
		if until != 0 {
			k["until"] = now.Add(until).Format(time.RFC3339)
		}
		return k
	}
	load := func(keys ...map[string]any) *registry.Directory {
		content, err := json.Marshal(map[string]any{"registries": []any{map[string]any{"id": "one", "name": "登记机关", "keys": keys}}})
		if err != nil {
			t.Fatal(err)
		}
		directory, err := registry.LoadFile(content)
		if err != nil {
			t.Fatal(err)
		}
		return directory
	}
	for name, c := range map[string]struct {
		keys []map[string]any
		want []string // level and the beginning of what is said
	}{
		"no end":            {[]map[string]any{key("k", publicKey, 0)}, nil},
		"an end far off":    {[]map[string]any{key("k", publicKey, 31*day)}, nil},
		"an end soon":       {[]map[string]any{key("k", publicKey, 29*day)}, []string{string(levelWarning) + " one: the key k ends at"}},
		"one that is over":  {[]map[string]any{key("k", publicKey, -day), key("l", otherPublicKey, 0)}, []string{string(levelWarning) + " one: the key k has ended"}},
		"all that are over": {[]map[string]any{key("k", publicKey, -day)}, []string{string(levelWarning) + " one: the key k has ended", string(levelProblem) + " one: every key has ended"}},
	} {
		found := checkKeys("registry", load(c.keys...), now)
		if len(found) != len(c.want) {
			t.Errorf("%s: got %v, want %q", name, found, c.want)
			continue
		}
		for i, f := range found {
			if !strings.HasPrefix(string(f.Level)+" "+f.What, c.want[i]) {
				t.Errorf("%s: got %v, want %q", name, f, c.want[i])
			}
		}
	}
}
