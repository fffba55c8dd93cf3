package alipaytest

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/strictjson"
)

const (
	maxRequest = 2 << 20
	clockSkew  = 15 * time.Minute
	timeFormat = "2006-01-02 15:04:05"
)

// parameters returns the parameters of the address and of the form. Callers may
// put a parameter into either: Alipay's own SDKs put those that all calls have
// into the address. An empty parameter counts as absent.
func parameters(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		return nil, err
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if len(raw) > 0 && (err != nil || kind != "application/x-www-form-urlencoded") {
		return nil, errors.New("parameters are not a form")
	}
	all, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, err
	}
	address, err := url.ParseQuery(r.URL.RawQuery)
	for name, values := range address {
		all[name] = append(all[name], values...)
	}
	maps.DeleteFunc(all, func(_ string, values []string) bool { return len(values) == 1 && values[0] == "" })
	return all, err
}

// check verifies what all requests have in common and returns the rejection, or
// the zero value.
func (g *Gateway) check(p url.Values) reply {
	method := p.Get("method")
	for name, values := range p {
		if len(values) != 1 {
			return refusal(method, "40002", "isv.invalid-parameter-"+name)
		}
	}
	wants := map[string]string{"sign_type": "RSA2", "version": "1.0"}
	if g.options.Certificates != nil {
		wants["app_cert_sn"] = g.options.Certificates.AppSN
		wants["alipay_root_cert_sn"] = g.options.Certificates.RootSN
	}
	if p.Get("app_id") != g.options.AppID {
		return refusal(method, "40002", "isv.invalid-app-id")
	}
	for name, want := range wants {
		if p.Get(name) != want {
			return refusal(method, "40002", "isv.invalid-"+strings.ReplaceAll(name, "_", "-"))
		}
	}
	if !strings.EqualFold(p.Get("charset"), "utf-8") {
		return refusal(method, "40002", "isv.invalid-charset")
	}
	if p.Has("format") && !strings.EqualFold(p.Get("format"), "JSON") {
		return refusal(method, "40002", "isv.invalid-format")
	}
	if !g.timely(p.Get("timestamp")) {
		return refusal(method, "40002", "isv.invalid-timestamp")
	}
	if !g.signedByApp(p) {
		return refusal(method, "40002", "isv.invalid-signature")
	}
	return reply{}
}

// timely reads the timestamp as Beijing time, whatever the server's zone.
func (g *Gateway) timely(timestamp string) bool {
	at, err := time.ParseInLocation(timeFormat, timestamp, identity.Beijing())
	return err == nil && g.options.Clock().Sub(at).Abs() <= clockSkew
}

// signedByApp verifies RSA2 over all parameters but sign itself, sorted, with
// their raw values.
func (g *Gateway) signedByApp(p url.Values) bool {
	signature, err := base64.StdEncoding.DecodeString(p.Get("sign"))
	if err != nil {
		return false
	}
	digest := sha256.Sum256([]byte(signedText(p)))
	return rsa.VerifyPKCS1v15(g.options.AppKey, crypto.SHA256, digest[:], signature) == nil
}

func signedText(p url.Values) string {
	var pairs []string
	for name := range p {
		if name != "sign" {
			pairs = append(pairs, name+"="+p.Get(name))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// business reads biz_content strictly: what we did not mean to send is refused.
func business(p url.Values, into any) bool {
	return strictjson.Decode([]byte(p.Get("biz_content")), into) == nil
}
