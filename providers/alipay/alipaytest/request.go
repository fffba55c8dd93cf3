package alipaytest

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	maxRequest  = 2 << 20
	clockSkew   = 15 * time.Minute
	timeFormat  = "2006-01-02 15:04:05"
	beijingSecs = 8 * 60 * 60
)

// bodyParameters reads a form; parameters beside it are refused, since our
// client sends none in the address.
func bodyParameters(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		return nil, err
	}
	if r.URL.RawQuery != "" || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil, errors.New("parameters are not a form")
	}
	return url.ParseQuery(string(raw))
}

// check verifies what all requests have in common and gives the refusal, or
// the zero value.
func (g *Gateway) check(p url.Values) reply {
	for name, values := range p {
		if len(values) != 1 || values[0] == "" {
			return refusal("40002", "isv.invalid-parameter-"+name)
		}
	}
	wants := map[string]string{"charset": "utf-8", "sign_type": "RSA2", "version": "1.0", "format": "JSON"}
	if g.options.Certificates != nil {
		wants["app_cert_sn"] = g.options.Certificates.AppSN
		wants["alipay_root_cert_sn"] = g.options.Certificates.RootSN
	}
	if p.Get("app_id") != g.options.AppID {
		return refusal("40002", "isv.invalid-app-id")
	}
	for name, want := range wants {
		if p.Get(name) != want {
			return refusal("40002", "isv.invalid-"+strings.ReplaceAll(name, "_", "-"))
		}
	}
	if !g.timely(p.Get("timestamp")) {
		return refusal("40002", "isv.invalid-timestamp")
	}
	if !g.signedByApp(p) {
		return refusal("40002", "isv.invalid-signature")
	}
	return reply{}
}

// timely reads the timestamp as Beijing time, whatever the server's zone.
func (g *Gateway) timely(timestamp string) bool {
	at, err := time.ParseInLocation(timeFormat, timestamp, time.FixedZone("CST", beijingSecs))
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
	decoder := json.NewDecoder(strings.NewReader(p.Get("biz_content")))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into) == nil && !decoder.More()
}
