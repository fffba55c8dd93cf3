package bff

import (
	"errors"
	"io/fs"
	"net/url"
)

// Web is the person's client in a browser (R36). Both parts are off by default.
type Web struct {
	// Files is the built client, which is served at /; nil = no client.
	Files fs.FS
	// Address is the origin under which browsers reach this server, e.g.
	// https://check.example.cn; "" = the web channel is off.
	Address string
	// Authorize is the channel's sign-in page. The parameters redirect_uri and state
	// are added to it. Required with Address.
	Authorize *url.URL
}

// webPolicy allows the client to load files of this server only. Its components set
// styles on elements.
const webPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const webIndex = "index.html"

// check reports what is missing.
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
