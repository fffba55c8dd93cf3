package bff

import (
	"errors"
	"io/fs"
	"net/url"
)

// Web is the person's client in a browser (R36). Both parts are off by default.
type Web struct {
	// Files is the built client, served at /; nil = none is.
	Files fs.FS
	// Address is the origin under which browsers reach this server, e.g.
	// https://check.example.cn; "" = nobody signs in on the web.
	Address string
	// Authorize is the page where the channel asks the person; it gets redirect_uri
	// and state. With Address only.
	Authorize *url.URL
}

// webPolicy lets the client load what this server serves. Its components set
// styles on elements.
const webPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const webIndex = "index.html"

// check reports what is missing of the web.
func (w Web) check() error {
	if w.Address != "" && w.Authorize == nil {
		return errors.New("a web channel needs the page where people sign in")
	}
	if w.Files == nil {
		return nil
	}
	if _, err := fs.Stat(w.Files, webIndex); err != nil {
		return errors.New("the folder of the web client holds no " + webIndex)
	}
	return nil
}
