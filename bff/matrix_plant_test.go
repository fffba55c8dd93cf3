package bff_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// plant wraps an API so that one call leaks something of the victim to another caller.
type plant func(inner http.Handler, v *victim) http.Handler

// changed is a plant that changes the answers to requests whose address names a resource of the victim.
func changed(kind string, change func(answer *httptest.ResponseRecorder)) plant {
	return func(inner http.Handler, v *victim) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			recorder := httptest.NewRecorder()
			inner.ServeHTTP(recorder, r)
			for _, thing := range v.resources[kind] {
				if strings.Contains(r.URL.String(), thing.id) {
					change(recorder)
				}
			}
			maps.Copy(w.Header(), recorder.Header())
			w.WriteHeader(recorder.Code)
			_, _ = w.Write(recorder.Body.Bytes())
		})
	}
}

// believed is a plant that serves every request as the victim, whatever token it has.
func believed(inner http.Handler, v *victim) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+v.token)
		inner.ServeHTTP(w, r)
	})
}

// obeyed is a plant that answers every request correctly, and then also runs it as the victim.
func obeyed(inner http.Handler, v *victim) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		again := r.Clone(r.Context())
		inner.ServeHTTP(w, r)
		believed(inner, v).ServeHTTP(httptest.NewRecorder(), again)
	})
}

// TestMatrix_FindsWhatIsPlanted proves that the matrix finds leaks.
func TestMatrix_FindsWhatIsPlanted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		operation string
		plant     plant
	}{
		"a status":                {"getTodo", changed("todo", func(a *httptest.ResponseRecorder) { a.Code = http.StatusForbidden })},
		"a header":                {"getConfirmation", changed("confirmation", func(a *httptest.ResponseRecorder) { a.Header().Set("Retry-After", "1") })},
		"a word of the body":      {"getVerification", changed("verification", func(a *httptest.ResponseRecorder) { a.Body.WriteString(" ") })},
		"an invitation":           {"openInvitation", believed},
		"a picture":               {"getPortrait", believed},
		"a list":                  {"listTodos", believed},
		"who is signed in":        {"getSession", believed},
		"an event of a registry":  {"redeliver", changed("event", func(a *httptest.ResponseRecorder) { a.Code = http.StatusNoContent })},
		"an act that is not seen": {"voidVerification", obeyed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			operations, err := operationsOf(contractDocument(t))
			if err != nil {
				t.Fatal(err)
			}
			m := newMatrix(t, anotherPerson)
			m.handler = c.plant(m.handler, m.victim)
			for _, o := range operations {
				if o.id == c.operation {
					m.run(t, []operation{o})
				}
			}
			if m.calls == 0 || len(m.leaks) == 0 {
				t.Errorf("got %d calls and %d leaks, want the leak found", m.calls, len(m.leaks))
			}
		})
	}
}

// TestMatrix_CoversEachNewOperation proves that the matrix fails for a route that names a resource in a new way.
func TestMatrix_CoversEachNewOperation(t *testing.T) {
	t.Parallel()
	text := openapi3.NewStringSchema()
	body := func(members ...string) *openapi3.RequestBodyRef {
		schema := openapi3.NewObjectSchema()
		for _, member := range members {
			schema.WithProperty(member, text)
		}
		return &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().WithJSONSchema(schema)}
	}
	for name, c := range map[string]struct {
		path string
		op   openapi3.Operation
	}{
		"a resource in the path":    {"/v1/gadgets/{id}", openapi3.Operation{OperationID: "getGadget"}},
		"a resource in the address": {"/v1/todos", openapi3.Operation{OperationID: "listTodos", Parameters: openapi3.Parameters{{Value: openapi3.NewQueryParameter("owner")}}}},
		"a body":                    {"/v1/gadgets", openapi3.Operation{OperationID: "addGadget", RequestBody: body("reason")}},
		"a member of a body":        {"/v1/todos/{id}/refusal", openapi3.Operation{OperationID: "refuseTodo", RequestBody: body("reason", "gadget_id")}},
		"a member that is not sent": {"/v1/todos/{id}/refusal", openapi3.Operation{OperationID: "refuseTodo", RequestBody: body("reason", "card")}},
	} {
		paths := openapi3.NewPaths(openapi3.WithPath(c.path, &openapi3.PathItem{Post: &c.op}))
		if _, err := operationsOf(&openapi3.T{Paths: paths}); err == nil {
			t.Errorf("%s: got no error, want the operation reported as not covered", name)
		}
	}
}
