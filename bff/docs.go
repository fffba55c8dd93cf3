package bff

import (
	"context"
	"embed"
)

const docsPath = "/docs"

// docsCSP allows the page to load files of this server only.
const docsCSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docsFiles is a page that shows the contract. It loads nothing from other
// servers.
//
//go:embed docs
var docsFiles embed.FS

func docsPage(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.html", "text/html; charset=utf-8")
}

func docsScript(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.js", "text/javascript; charset=utf-8")
}

func docsStyle(context.Context, *struct{}) (*fileOutput, error) {
	return docsFile("docs.css", "text/css; charset=utf-8")
}

func docsFile(name, contentType string) (*fileOutput, error) {
	content, err := docsFiles.ReadFile("docs/" + name)
	if err != nil {
		return nil, err
	}
	return &fileOutput{ContentType: contentType, ContentLanguage: english, CacheControl: cacheable, Body: content}, nil
}
