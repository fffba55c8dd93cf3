package bff

import (
	"maps"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

// abort answers with a problem document and ends the request.
func abort(g *gin.Context, document *problem.Document) {
	maps.Copy(g.Writer.Header(), document.GetHeaders())
	g.Abort()
	writeJSON(g.Writer, document.Status, problem.MediaType, document)
}
