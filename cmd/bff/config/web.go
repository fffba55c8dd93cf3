package config

import (
	"errors"
	"io/fs"
	"net/url"
	"os"

	"renzheng/bff"
	"renzheng/setting"
)

// Web configures the client in a browser (R36).
type Web struct {
	Address   string `help:"Origin under which browsers reach this server, such as https://check.example.cn. People sign in by Alipay's web authorization. The web channel is off if it is empty." env:"BFF_WEB_ADDRESS"`
	Folder    string `help:"Folder of the built web client, which is served at /. None is served if it is empty." type:"path" env:"BFF_WEB_FOLDER"`
	Authorize string `help:"Alipay's page where people sign in." default:"https://openauth.alipay.com/oauth2/publicAppAuthorize.htm" env:"BFF_WEB_AUTHORIZE"`
}

const officialAuthorize = "https://openauth.alipay.com/oauth2/publicAppAuthorize.htm"

// official reports whether people sign in at the vendor's own page.
func (s Web) official() bool { return s.Address == "" || s.Authorize == officialAuthorize }

// Edge returns the configuration of the server for browsers. appID is the application
// of Alipay by which people sign in.
func (s Web) Edge(appID string) (bff.Web, error) {
	var w bff.Web
	if s.Folder != "" {
		w.Files = webFiles(s.Folder)
	}
	if s.Address == "" {
		return w, nil
	}
	page, err := url.Parse(s.Authorize)
	if err != nil {
		return w, errors.New("BFF_WEB_AUTHORIZE is not an address")
	}
	query := page.Query()
	query.Set("app_id", appID)
	query.Set("scope", "auth_base")
	page.RawQuery = query.Encode()
	w.Address, w.Authorize = s.Address, page
	return w, nil
}

func webFiles(folder string) fs.FS { return os.DirFS(folder) }

// Check returns a setting.Error for each field that is invalid, joined.
func (s Web) Check() error {
	var problems []error
	if s.Folder != "" {
		_, err := fs.Stat(webFiles(s.Folder), "index.html")
		problems = append(problems, setting.Require(err == nil, "Folder", "must hold an index.html; build the client first"))
	}
	if s.Address != "" {
		problems = append(problems, setting.Wrap("Address", checkOrigin(s.Address)), setting.Wrap("Authorize", checkAddress(s.Authorize)))
	}
	return errors.Join(problems...)
}

// checkOrigin requires https://HOST, or http to this machine.
func checkOrigin(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme+"://"+parsed.Host != address {
		return errors.New("must be an origin without a path, such as https://check.example.cn")
	}
	return checkAddress(address)
}

// checkAddress requires https, or http to this machine.
func checkAddress(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && (parsed.Scheme != "http" || !isLoopback(parsed.Host)) {
		return errors.New("must be an https address")
	}
	return nil
}
