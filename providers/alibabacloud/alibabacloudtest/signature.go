package alibabacloudtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
)

const maxSkew = 15 * time.Minute // the vendor's

var (
	authorizationShape = regexp.MustCompile(`^ACS3-HMAC-SHA256 Credential=([^/, ]+),SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*),Signature=([0-9a-f]{64})$`)
	nonceShape         = regexp.MustCompile(`^[!-~]{8,64}$`)
)

// checkSignature returns the gateway's code for what is wrong, or "". A nonce is
// used up by a request whose signature holds.
// Source: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
func (f *Fake) checkSignature(r *http.Request, body []byte) string {
	claim := authorizationShape.FindStringSubmatch(r.Header.Get("Authorization"))
	if claim == nil {
		return "IncompleteSignature"
	}
	if claim[1] != f.options.AccessKeyID {
		return "InvalidAccessKeyId.NotFound"
	}
	at, err := time.Parse("2006-01-02T15:04:05Z", r.Header.Get("X-Acs-Date"))
	if err != nil {
		return "InvalidTimeStamp.Format"
	}
	if f.options.Clock().Sub(at).Abs() > maxSkew {
		return "InvalidTimeStamp.Expired"
	}
	names := strings.Split(claim[2], ";")
	if !slices.IsSorted(names) || !coversAll(r, names) || r.Header.Get("X-Acs-Content-Sha256") != digest(body) {
		return "IncompleteSignature"
	}
	mac := hmac.New(sha256.New, []byte(f.options.AccessKeySecret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + digest([]byte(canonicalRequest(r, names, body)))))
	if !hmac.Equal([]byte(hex.EncodeToString(mac.Sum(nil))), []byte(claim[3])) {
		return "SignatureDoesNotMatch"
	}
	if nonce := r.Header.Get("X-Acs-Signature-Nonce"); !nonceShape.MatchString(nonce) || !f.useNonce(nonce, at) {
		return "SignatureNonceUsed"
	}
	return ""
}

// coversAll reports whether host, content type and every x-acs- header that came
// are signed, each given once.
func coversAll(r *http.Request, names []string) bool {
	required := []string{"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
	for name, values := range r.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-acs-") || lower == "content-type" {
			if len(values) != 1 {
				return false
			}
			required = append(required, lower)
		}
	}
	return !slices.ContainsFunc(required, func(name string) bool { return !slices.Contains(names, name) })
}

// canonicalRequest is built from what arrived alone.
func canonicalRequest(r *http.Request, names []string, body []byte) string {
	var lines strings.Builder
	for _, name := range names {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		lines.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	return strings.Join([]string{
		r.Method, r.URL.EscapedPath(), canonicalQuery(r.URL.Query()), lines.String(), strings.Join(names, ";"), digest(body),
	}, "\n")
}

func canonicalQuery(query url.Values) string {
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	var pairs []string
	for name, values := range query {
		for _, value := range values {
			pairs = append(pairs, escape(name)+"="+escape(value))
		}
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

// useNonce forgets nonces that no date would let pass again.
func (f *Fake) useNonce(nonce string, at time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for old, since := range f.nonces {
		if f.options.Clock().Sub(since) > maxSkew {
			delete(f.nonces, old)
		}
	}
	if _, ok := f.nonces[nonce]; ok {
		return false
	}
	f.nonces[nonce] = at
	return true
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
