package registry

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"renzheng/todo"
)

// maxBaseBytes bounds what a rejection repeats of a request.
const maxBaseBytes = 4096

// expectedBase returns the signature base (RFC 9421 §2.5) that a rejected request
// should have signed, or "" if the rejection is not about what was signed. It is for
// sandboxes only, because it repeats parts of the request.
func (v *Verifier) expectedBase(r *http.Request, body []byte, rejection *todo.RequestError) string {
	switch rejection.Code {
	case todo.SignatureMissing, todo.SignatureInvalid, todo.DigestMismatch:
	default:
		return ""
	}
	s, unread := readSignature(r.Header)
	components, params := requiredComponents(len(body)), received(r.Header)
	if unread == nil && s.covers(components) {
		components = s.components
	} else {
		params = exampleParams(components)
	}
	var base strings.Builder
	for _, name := range components {
		base.WriteString(strconv.Quote(name) + ": " + v.component(r, body, name) + "\n")
	}
	base.WriteString(`"@signature-params": ` + params)
	if base.Len() > maxBaseBytes {
		return ""
	}
	return base.String()
}

// component returns the value of a component as the verifier sees it.
func (v *Verifier) component(r *http.Request, body []byte, name string) string {
	switch name {
	case "@method":
		return r.Method
	case "@authority":
		return v.config.Authority
	case "@path":
		return r.URL.EscapedPath()
	case "@query":
		return "?" + r.URL.RawQuery
	case contentDigest:
		sum := sha256.Sum256(body)
		return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
	}
	values := slices.Clone(r.Header.Values(name))
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	return strings.Join(values, ", ")
}

// received returns the components and parameters as the request lists them.
func received(header http.Header) string {
	_, params, _ := strings.Cut(header.Get("Signature-Input"), label+"=")
	return params
}

// exampleParams returns what a request could list instead.
func exampleParams(components []string) string {
	quoted := make([]string, len(components))
	for i, name := range components {
		quoted[i] = strconv.Quote(name)
	}
	return "(" + strings.Join(quoted, " ") + `);created=…;keyid="…";nonce="…"`
}
