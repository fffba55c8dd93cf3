package bff_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"renzheng/bff"
)

func TestOpenAPI_IsTheCommittedDocument(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("../docs/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // it must not depend on the order of a map
		got, err := bff.OpenAPI()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatal("docs/openapi.yaml is not the contract of this code; make golden writes it")
		}
	}
}

// Each of these servers writes the contract anew, as a restart does. The codes of a status are in alphabetical order,
// in whatever order guards and routes name them.
func TestOpenAPI_IsTheSameAfterEachStart(t *testing.T) {
	t.Parallel()
	var first []byte
	for range 5 {
		got := newFixture(t).send(t, request{method: http.MethodGet, path: "/openapi.json"}).want(t, http.StatusOK, "")
		if first == nil {
			first = got.body
		}
		if !bytes.Equal(got.body, first) {
			t.Fatal("two starts wrote two contracts")
		}
	}
	for path, item := range contractDocument(t).Paths.Map() {
		for method, operation := range item.Operations() {
			for status, response := range operation.Responses.Map() {
				if codes := strings.Split(*response.Value.Description, ", "); !slices.IsSorted(codes) {
					t.Errorf("%s %s lists the codes under %s in no order: %v", method, path, status, codes)
				}
			}
		}
	}
}

// The problems of a request are always listed in the same order: that of the members of the contract, with unknown
// members last.
func TestProblem_ListsErrorsInOneOrder(t *testing.T) {
	t.Parallel()
	p := newFixture(t).login(t, "zhang")
	body := object{
		"b": 1, "a": 1, "c": 1, "revision": 0, "todo_id": "?", "content_digest": "?", "purpose": "?",
		"document": object{"z": 1, "y": 1, "type": 1},
	}
	var first string
	for range 20 {
		got := p.call(t, http.MethodPost, "/v1/verifications", body).want(t, http.StatusUnprocessableEntity, "values_invalid")
		listed := fmt.Sprint(got.json(t)["errors"])
		if first == "" {
			first = listed
		}
		if listed != first {
			t.Fatalf("got %s, and before %s", listed, first)
		}
	}
}

func TestOpenAPI_IsValid(t *testing.T) {
	t.Parallel()
	if err := contractDocument(t).Validate(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestOpenAPI_HasEveryRouteAndNoOther(t *testing.T) {
	t.Parallel()
	routes := newFixture(t).api.Routes()
	var documented []string
	for path, item := range contractDocument(t).Paths.Map() {
		for method := range item.Operations() {
			documented = append(documented, method+" "+path)
		}
	}
	slices.Sort(routes)
	slices.Sort(documented)
	if !slices.Equal(routes, documented) {
		t.Errorf("routes and contract differ:\n%v\n%v", routes, documented)
	}
}

func TestOpenAPI_SaysWhatEachCallIsFor(t *testing.T) {
	t.Parallel()
	for path, item := range contractDocument(t).Paths.Map() {
		for method, operation := range item.Operations() {
			if operation.Summary == "" || operation.Description == "" || len(operation.Tags) != 1 || operation.Security == nil {
				t.Errorf("%s %s lacks summary, description, group or security", method, path)
			}
			for status, response := range operation.Responses.Map() {
				if status == "0" || status == "default" || *response.Value.Description == "" {
					t.Errorf("%s %s has a response %s that says nothing", method, path, status)
				}
			}
		}
	}
}

func TestOpenAPI_ListsKnownCodesOnly(t *testing.T) {
	t.Parallel()
	known := bff.Codes()
	quoted := regexp.MustCompile("`([a-z_]+)`")
	for path, item := range contractDocument(t).Paths.Map() {
		for method, operation := range item.Operations() {
			for status, response := range operation.Responses.Map() {
				for _, found := range quoted.FindAllStringSubmatch(*response.Value.Description, -1) {
					if _, there := known[found[1]]; !there {
						t.Errorf("%s %s lists %s under %s", method, path, found[1], status)
					}
				}
			}
		}
	}
}
