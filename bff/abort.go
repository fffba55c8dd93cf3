package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

// abort answers with a problem document and ends the request.
func abort(g *gin.Context, document *problem.Document) {
	for name, values := range document.GetHeaders() {
		g.Writer.Header()[name] = values
	}
	g.Abort()
	writeJSON(g.Writer, document.Status, problem.MediaType, document)
}
