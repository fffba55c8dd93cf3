package bff_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

func FuzzRegistryPush(f *testing.F) {
	w := newFixture(f)
	sample, err := json.Marshal(sampleCase(1))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		`{}`, `"\ud83d"`, `{"a":1,"a":2}`, `{"A":1,"a":2}`, `[1,]`, "\xff", `{"a":"b"}{}`, `{"revision":1,"items":[],"signers":[]}`, string(sample),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got := w.send(t, request{
			method: http.MethodPut, path: "/registry/v1/cases/case-1", body: body, registry: "beijing",
		})
		if got.status >= http.StatusInternalServerError {
			t.Fatalf("got %d for %q", got.status, body)
		}
		if got.status < http.StatusBadRequest && !json.Valid([]byte(body)) {
			t.Fatalf("took %q", body)
		}
	})
}
