package agency

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"

	"renzheng/providers/kit"
)

const (
	maxFieldBytes   = 4096 // of each signature field; real ones have 200
	coveredByAnswer = 3    // @status, content-digest and the request's signature
)

// claim holds the parameters of an answer's signature that is not yet verified.
type claim struct {
	list      httpsfv.InnerList
	created   time.Time
	keyID     string
	nonce     string
	alg       string // "" = not said
	signature []byte
}

// authentic returns "" if the answer is the gateway's, to this request and recent.
// Otherwise it returns the code of what is wrong.
func (c *Client) authentic(reply kit.Reply, asked sealed) string {
	if len(reply.Header.Values("Signature")) == 0 {
		return codeUnsigned
	}
	said, ok := readClaim(reply.Header)
	if !ok {
		return codeBadSignature
	}
	public, known := c.gateway[said.keyID]
	if !known || said.alg != "" && said.alg != algOf(public) {
		return codeBadSignature
	}
	base, ok := said.base(reply, asked)
	if !ok || !proves(public, base, said.signature) || !digestFits(reply) {
		return codeBadSignature
	}
	if subtle.ConstantTimeCompare([]byte(said.nonce), []byte(asked.nonce)) != 1 {
		return codeOtherRequest
	}
	now := c.clock()
	if now.Sub(said.created) > maxAge || said.created.Sub(now) > maxAhead {
		return codeLate
	}
	return ""
}

// readClaim parses the two signature fields: one line each, only sig1, with the
// parameters of the contract and no others.
func readClaim(header http.Header) (claim, bool) {
	list, ok := single(header.Values("Signature-Input")).(httpsfv.InnerList)
	item, signed := single(header.Values("Signature")).(httpsfv.Item)
	if !ok || !signed || len(item.Params.Names()) > 0 {
		return claim{}, false
	}
	said := claim{list: list}
	said.signature, signed = item.Value.([]byte)
	return said, signed && said.readParams(list.Params)
}

// single returns the member sig1 of a one-line dictionary without other members,
// or nil. A dictionary would take the last of two sig1; here two are rejected.
func single(lines []string) httpsfv.Member {
	if len(lines) != 1 || len(lines[0]) > maxFieldBytes || strings.Count(lines[0], label+"=") != 1 {
		return nil
	}
	dictionary, err := httpsfv.UnmarshalDictionary(lines)
	if err != nil || !slices.Equal(dictionary.Names(), []string{label}) {
		return nil
	}
	member, _ := dictionary.Get(label)
	return member
}

func (s *claim) readParams(params *httpsfv.Params) bool {
	for _, name := range params.Names() {
		value, _ := params.Get(name)
		ok := false
		switch name {
		case "created":
			var seconds int64
			seconds, ok = value.(int64)
			s.created = time.Unix(seconds, 0)
		case "keyid":
			s.keyID, ok = value.(string)
		case "nonce":
			s.nonce, ok = value.(string)
		case "alg":
			s.alg, ok = value.(string)
		}
		if !ok {
			return false
		}
	}
	return !s.created.IsZero() && s.keyID != "" && s.nonce != ""
}

// base returns what the gateway must have signed: exactly the three components of
// the contract, in its own order.
func (s *claim) base(reply kit.Reply, asked sealed) (string, bool) {
	values := map[string]string{
		`"@status"`:        strconv.Itoa(reply.Status),
		`"content-digest"`: strings.TrimSpace(strings.Join(reply.Header.Values("Content-Digest"), ", ")),
		`"signature";req`:  asked.signature,
	}
	if len(s.list.Items) != coveredByAnswer {
		return "", false
	}
	var base strings.Builder
	for _, item := range s.list.Items {
		name, err := httpsfv.Marshal(item)
		value, ok := values[name]
		if err != nil || !ok {
			return "", false
		}
		delete(values, name) // none twice
		fmt.Fprintf(&base, "%s: %s\n", name, value)
	}
	params, err := httpsfv.Marshal(s.list)
	if err != nil {
		return "", false
	}
	return base.String() + `"@signature-params": ` + params, true
}

// digestFits reports whether Content-Digest has the sha-256 of the body (RFC 9530).
func digestFits(reply kit.Reply) bool {
	lines := reply.Header.Values("Content-Digest")
	if len(lines) != 1 || len(lines[0]) > maxFieldBytes {
		return false
	}
	dictionary, err := httpsfv.UnmarshalDictionary(lines)
	if err != nil {
		return false
	}
	member, _ := dictionary.Get("sha-256")
	item, ok := member.(httpsfv.Item)
	if !ok {
		return false
	}
	said, ok := item.Value.([]byte)
	sum := sha256.Sum256(reply.Body)
	return ok && subtle.ConstantTimeCompare(said, sum[:]) == 1
}
