package agency

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"

	"renzheng/providers/kit"
)

const label = "sig1" // of the one signature of a message

// sealed has the parts of a signed request to which its answer must be bound.
type sealed struct {
	signature string // the header field, "sig1=:…:"
	nonce     string
}

// seal signs the parts of a request that have a meaning (RFC 9421): method,
// authority, path, query and the digest of the body, which may be empty.
func (c *Client) seal(r *http.Request, body []byte, nonce string) (sealed, error) {
	r.Header.Set("Content-Digest", contentDigest(body))
	query := "?" + r.URL.RawQuery
	params := fmt.Sprintf(`("@method" "@authority" "@path" "@query" "content-digest");created=%d;keyid=%q;nonce=%q`,
		c.clock().Unix(), c.keyID, nonce)
	base := strings.Join([]string{
		`"@method": ` + r.Method,
		`"@authority": ` + kit.Authority(c.line.Base),
		`"@path": ` + r.URL.EscapedPath(),
		`"@query": ` + query,
		`"content-digest": ` + r.Header.Get("Content-Digest"),
		`"@signature-params": ` + params,
	}, "\n")
	raw, err := sign(c.key, base)
	if err != nil {
		return sealed{}, err
	}
	s := sealed{signature: label + "=:" + base64.StdEncoding.EncodeToString(raw) + ":", nonce: nonce}
	r.Header.Set("Signature-Input", label+"="+params)
	r.Header.Set("Signature", s.signature)
	return s, nil
}

// contentDigest returns the header field of RFC 9530.
func contentDigest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}

// How old or early an answer may be. It answers a request of seconds ago, so this
// only allows for clocks that differ.
const (
	maxAge   = 60 * time.Second
	maxAhead = 60 * time.Second
)
