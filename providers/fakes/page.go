package fakes

import (
	"html/template"
	"net/http"
)

// ShowPage writes a page that a person opens in a browser. The page may hold
// styles, forms to its own server and pictures in data addresses, and no script.
func ShowPage(w http.ResponseWriter, status int, page *template.Template, data any) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'")
	w.WriteHeader(status)
	_ = page.Execute(w, data) // the client may have left
}
