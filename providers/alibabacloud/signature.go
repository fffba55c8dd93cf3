package alibabacloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	algorithm  = "ACS3-HMAC-SHA256"
	dateLayout = "2006-01-02T15:04:05Z"
)

// credentials sign requests.
type credentials struct{ id, secret string }

// stamp is the time and the nonce of a request.
type stamp struct {
	at    time.Time
	nonce string
}

// sign signs a request: every x-acs- header, the content type if present, the
// host, and the digest of the body. Source:
// https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature,
// 2026-11.
func (c credentials) sign(r *http.Request, body []byte, s stamp) {
	r.Header.Set("X-Acs-Date", s.at.UTC().Format(dateLayout))
	r.Header.Set("X-Acs-Signature-Nonce", s.nonce)
	r.Header.Set("X-Acs-Content-Sha256", digest(body))

	values := map[string]string{"host": r.URL.Host}
	for name := range r.Header {
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "x-acs-") || lower == "content-type" {
			values[lower] = strings.TrimSpace(r.Header.Get(name))
		}
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var lines strings.Builder
	for _, name := range names {
		lines.WriteString(name + ":" + values[name] + "\n")
	}
	signed := strings.Join(names, ";")
	canonical := strings.Join([]string{r.Method, "/", canonicalQuery(r), lines.String(), signed, digest(body)}, "\n")
	mac := hmac.New(sha256.New, []byte(c.secret))
	mac.Write([]byte(algorithm + "\n" + digest([]byte(canonical))))
	r.Header.Set("Authorization", fmt.Sprintf("%s Credential=%s,SignedHeaders=%s,Signature=%s",
		algorithm, c.id, signed, hex.EncodeToString(mac.Sum(nil))))
}

// canonicalQuery returns the query sorted by name, with a space as %20 instead of
// the plus of a form.
func canonicalQuery(r *http.Request) string {
	return strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20")
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
