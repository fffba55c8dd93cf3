package bff_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"renzheng/bff"
)

// misspelt returns spellings of a path that a proxy may read as another one.
func misspelt(path string) []string {
	var all []string
	for i, c := range path {
		switch {
		case c != '/':
			continue
		case i > 0:
			all = append(all, path[:i]+"%2F"+path[i+1:], path[:i]+"%2f"+path[i+1:], path[:i]+"%5C"+path[i+1:], path[:i]+"%252F"+path[i+1:])
		}
		all = append(all, path[:i]+"/"+path[i:], path[:i]+"/."+path[i:], path[:i]+"/%2e"+path[i:], path[:i]+"/x/.."+path[i:],
			path[:i]+"/x/%2E%2e"+path[i:], path[:i+1]+fmt.Sprintf("%%%02X", path[i+1])+path[i+2:])
	}
	return append(all, path+"/", path+"/.", path+"/..", path+"%2F", path+"%00", path+"%0A", path+"%7F", path+"%C2%85")
}

// Every other spelling of the path of every call is 404, with and without the web client.
func TestPath_IsReadInOneSpellingOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) { d.Web.Files = fstest.MapFS{"index.html": {Data: []byte("<p>")}} })
	ids := strings.NewReplacer("{id}", "id-1", "{case_id}", "case-1", "{signer_id}", "s1")
	routes := w.api.Routes()
	slices.Sort(routes)
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		for _, spelling := range misspelt(ids.Replace(path)) {
			before := len(w.log.String())
			got := w.sendPlain(t, request{method: method, path: spelling, registry: "beijing"})
			if got.status != http.StatusNotFound || !strings.Contains(w.log.String()[before:], `"route":"unmatched"`) {
				t.Errorf("got %d for %s %s, want 404: %s", got.status, method, spelling, w.log.String()[before:])
			}
		}
	}
}

func TestPath_OfAFileMayHaveAnyLetters(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) {
		d.Web.Files = fstest.MapFS{
			"index.html": {Data: []byte("<p>")}, "图/a~b.svg": {Data: []byte("<svg/>")}, "a(1)!.svg": {Data: []byte("<svg/>")}, "a b.svg": {Data: []byte("<svg/>")},
		}
	})
	for path, status := range map[string]int{
		"/": 200, "/pages/index": 200, "/%E5%9B%BE/a~b.svg": 200, "/a(1)!.svg": 200, "/a%20b.svg": 200,
		"/%E5%9B%BE%2Fa~b.svg": 404, "//": 404, "/pages//index": 404, "/%2e%2e/index.html": 404, "/index%2Ehtml": 404, "/index.html%00": 404,
	} {
		if got := w.browse(t, http.MethodGet, path, nil); got.status != status {
			t.Errorf("got %d for %s, want %d", got.status, path, status)
		}
	}
}
