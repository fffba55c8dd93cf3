package tencentcloudtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm = "TC3-HMAC-SHA256"
	service   = "faceid"
	maxSkew   = 5 * time.Minute // the vendor's
)

var authorizationShape = regexp.MustCompile(`^TC3-HMAC-SHA256 Credential=([^/, ]+)/(\d{4}-\d{2}-\d{2})/([a-z]+)/tc3_request, ` +
	`SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=([0-9a-f]{64})$`)

// claim is what an Authorization header says.
type claim struct {
	secretID, date, service string
	headers                 []string // signed, lower-case
	signature               string   // hexadecimal
}

func readClaim(authorization string) (claim, bool) {
	m := authorizationShape.FindStringSubmatch(authorization)
	if m == nil {
		return claim{}, false
	}
	c := claim{secretID: m[1], date: m[2], service: m[3], headers: strings.Split(m[4], ";"), signature: m[5]}
	complete := slices.Contains(c.headers, "content-type") && slices.Contains(c.headers, "host")
	return c, complete && slices.IsSorted(c.headers)
}

// checkSignature returns the vendor's code for what is wrong, or "".
// Source: https://www.tencentcloud.com/document/api/1021/34193
func (f *Fake) checkSignature(r *http.Request, body []byte) string {
	return f.checkSignatureFor(service, r, body)
}

// checkSignatureFor is checkSignature for a service of the vendor.
func (f *Fake) checkSignatureFor(service string, r *http.Request, body []byte) string {
	c, ok := readClaim(r.Header.Get("Authorization"))
	if !ok {
		return "AuthFailure.InvalidAuthorization"
	}
	if c.secretID != f.options.SecretID {
		return "AuthFailure.SecretIdNotFound"
	}
	stamp := r.Header.Get("X-TC-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return "InvalidParameter"
	}
	signedAt := time.Unix(seconds, 0).UTC()
	if f.options.Clock().Sub(signedAt).Abs() > maxSkew {
		return "AuthFailure.SignatureExpire"
	}
	if c.service != service || c.date != signedAt.Format(time.DateOnly) {
		return "AuthFailure.SignatureFailure"
	}
	canonical, ok := canonicalRequest(r, c.headers, body)
	if !ok {
		return "AuthFailure.SignatureFailure"
	}
	scope := c.date + "/" + c.service + "/tc3_request"
	toSign := strings.Join([]string{algorithm, stamp, scope, digest([]byte(canonical))}, "\n")
	key := []byte("TC3" + f.options.SecretKey)
	for _, part := range []string{c.date, c.service, "tc3_request"} {
		key = mac(key, part)
	}
	if !hmac.Equal([]byte(hex.EncodeToString(mac(key, toSign))), []byte(c.signature)) {
		return "AuthFailure.SignatureFailure"
	}
	return ""
}

// canonicalRequest is built from what arrived alone. False where a signed
// header is missing or given twice.
func canonicalRequest(r *http.Request, headers []string, body []byte) (string, bool) {
	var lines strings.Builder
	for _, name := range headers {
		values := r.Header.Values(name)
		if name == "host" {
			values = []string{r.Host}
		}
		if len(values) != 1 {
			return "", false
		}
		lines.WriteString(name + ":" + strings.ToLower(strings.TrimSpace(values[0])) + "\n")
	}
	return strings.Join([]string{
		r.Method, "/", r.URL.RawQuery, lines.String(), strings.Join(headers, ";"), digest(body),
	}, "\n"), true
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
