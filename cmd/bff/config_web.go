package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"renzheng/bff"
)

// WebConfig is the person's client in a browser (R36).
type WebConfig struct {
	Address   string `help:"Origin under which browsers reach this server, as https://check.example.cn; people then sign in by Alipay's web authorization. The web channel is off where it is empty." env:"BFF_WEB_ADDRESS"`
	Folder    string `help:"Folder of the built web client, served at /; none is where it is empty." type:"path" env:"BFF_WEB_FOLDER"`
	Authorize string `help:"Alipay's page where people sign in." default:"https://openauth.alipay.com/oauth2/publicAppAuthorize.htm" env:"BFF_WEB_AUTHORIZE"`
}

const officialAuthorize = "https://openauth.alipay.com/oauth2/publicAppAuthorize.htm"

// official tells whether people sign in at the vendor's own page.
func (c WebConfig) official() bool { return c.Address == "" || c.Authorize == officialAuthorize }

// web gives the edge its part.
func (c *Config) web() (bff.Web, error) {
	var w bff.Web
	if c.Web.Folder != "" {
		w.Files = webFiles(c.Web.Folder)
	}
	if c.Web.Address == "" {
		return w, nil
	}
	page, err := url.Parse(c.Web.Authorize)
	if err != nil {
		return w, errors.New("BFF_WEB_AUTHORIZE is no address")
	}
	query := page.Query()
	query.Set("app_id", c.Alipay.AppID)
	query.Set("scope", "auth_base")
	page.RawQuery = query.Encode()
	w.Address, w.Authorize = c.Web.Address, page
	return w, nil
}

func webFiles(folder string) fs.FS { return os.DirFS(folder) }

// webProblems says what is wrong with the web, all of it.
func (c *Config) webProblems() []error {
	var problems []error
	if c.Web.Folder != "" {
		if _, err := fs.Stat(webFiles(c.Web.Folder), "index.html"); err != nil {
			problems = append(problems, errors.New("BFF_WEB_FOLDER: holds no index.html; build the client first"))
		}
	}
	if c.Web.Address == "" {
		return problems
	}
	if !touched(c.Alipay) {
		problems = append(problems, errors.New("BFF_WEB_ADDRESS: people sign in by Alipay, which is not configured"))
	}
	return append(problems, originProblem("BFF_WEB_ADDRESS", c.Web.Address), addressProblem("BFF_WEB_AUTHORIZE", c.Web.Authorize))
}

// originProblem wants https://HOST, or http to this machine.
func originProblem(name, address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme+"://"+parsed.Host != address {
		return fmt.Errorf("%s: must be an origin without a path, as https://check.example.cn", name)
	}
	return addressProblem(name, address)
}

// addressProblem wants https, or http to this machine.
func addressProblem(name, address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && (parsed.Scheme != "http" || !isLoopback(parsed.Host)) {
		return fmt.Errorf("%s: must be an https address", name)
	}
	return nil
}
