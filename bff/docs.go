package bff

import (
	"context"
	"embed"
)

const docsPath = "/docs"

// docsCSP lets the page load what this server serves, and nothing else.
const docsCSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docsFiles is a page that shows the contract without anybody else's code.
//
//go:embed docs
var docsFiles embed.FS

func (a *API) docsPage(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.html", "text/html; charset=utf-8")
}

func (a *API) docsScript(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.js", "text/javascript; charset=utf-8")
}

func (a *API) docsStyle(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.css", "text/css; charset=utf-8")
}

func docsFile(name, contentType string) (*fileOutput, error) {
	content, err := docsFiles.ReadFile("docs/" + name)
	return &fileOutput{contentType, english, cacheable, content}, err
}
