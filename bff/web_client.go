package bff

import (
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

// webClient serves the client in a browser.
type webClient struct {
	files    map[string]webFile // nil = there is no client
	problems problems
}

// serve answers every request that no operation matches.
func (w webClient) serve(g *gin.Context) {
	file, ok := w.find(g.Request)
	if !ok {
		abort(g, w.problems.document(callOf(g.Request.Context()), problem.NotFound))
		return
	}
	file.serve(g.Writer, g.Request)
}

// find returns the file of a path. The client has pages without a file; they are its
// index.
func (w webClient) find(r *http.Request) (webFile, bool) {
	name := r.URL.Path
	if w.files == nil || isReserved(name) || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		return webFile{}, false
	}
	file, ok := w.files[strings.TrimPrefix(name, "/")]
	if !ok && path.Ext(name) == "" {
		file, ok = w.files[webIndex]
	}
	return file, ok
}

// isReserved reports whether a path belongs to the API. A page of the client must not
// have such a path.
func isReserved(name string) bool {
	for _, prefix := range []string{"/v1", "/registry", "/clerk", "/callbacks", "/.well-known", docsPath} {
		if name == prefix || strings.HasPrefix(name, prefix+"/") {
			return true
		}
	}
	return false
}
