package registry

import (
	"encoding/base64"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/kit"
	"renzheng/strictjson"
)

// The limits of a call-back secret in Standard Webhooks.
const (
	secretPrefix   = "whsec_"
	filePrefix     = "file:" // the text is in a file
	minSecretBytes = 24
	maxSecretBytes = 64
	maxURLBytes    = 1024
)

var hostShape = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

// callback is the address at which a registry receives events, and the secrets
// that sign them. Secrecy: the signers hold secrets behind pointers, which print
// as addresses.
type callback struct {
	url       string
	dialGuard dialGuard
	signers   []*standardwebhooks.Webhook // the newest first
}

func (r *reader) callback(raw []byte, at string) *callback {
	object := r.Object(raw, at, strictjson.Names{Required: []string{"url", "allow", "secret"}, Optional: []string{"old_secrets"}})
	if object == nil {
		return nil
	}
	c := &callback{url: r.Text(object["url"], at+"/url")}
	target, problem := parseTarget(c.url)
	if object["url"] != nil && problem != "" {
		r.Add(at+"/url", problem)
	}
	c.dialGuard.loopbackOnly = target.Scheme == schemeHTTP
	allow := r.list(object["allow"], at+"/allow", maxAllowEntries)
	if object["allow"] != nil && len(allow) == 0 {
		r.Add(at+"/allow", "allows nothing")
	}
	for i, entry := range allow {
		here := at + "/allow/" + strconv.Itoa(i)
		if problem := c.dialGuard.allow(r.Text(entry, here), target.Hostname()); problem != "" {
			r.Add(here, problem)
		}
	}
	if object["secret"] != nil {
		c.signers = append(c.signers, r.signer(object["secret"], at+"/secret"))
	}
	for i, entry := range r.list(object["old_secrets"], at+"/old_secrets", maxOldSecrets) {
		c.signers = append(c.signers, r.signer(entry, at+"/old_secrets/"+strconv.Itoa(i)))
	}
	return c
}

const (
	schemeHTTPS = "https"
	schemeHTTP  = "http"
)

// parseTarget returns the address of a call-back, or what is wrong with it.
func parseTarget(text string) (url.URL, string) {
	target, err := url.Parse(text)
	if err != nil || len(text) > maxURLBytes || target.Opaque != "" || target.User != nil || target.Fragment != "" || !isHost(target) {
		return url.URL{}, "is not an address with a host, without user and fragment"
	}
	if target.Scheme == schemeHTTPS || target.Scheme == schemeHTTP && kit.Loopback(target.Hostname()) {
		return *target, ""
	}
	return url.URL{}, "must be https, or http to loopback"
}

func isHost(target *url.URL) bool {
	host, port := target.Hostname(), target.Port()
	if port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return false
		}
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Zone() == "" || hostShape.MatchString(host)
}

// signer returns the signer for a secret that is given here or in a file.
func (r *reader) signer(raw []byte, at string) *standardwebhooks.Webhook {
	text := r.Text(raw, at)
	if path, isFile := strings.CutPrefix(text, filePrefix); isFile {
		r.files = append(r.files, path)
		content, err := r.readFile(path)
		if err != nil {
			r.unread(at, err)
			return nil
		}
		text = strings.TrimSpace(string(content))
	}
	encoded, prefixed := strings.CutPrefix(text, secretPrefix)
	secret, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if !prefixed || err != nil || len(secret) < minSecretBytes || len(secret) > maxSecretBytes {
		r.Add(at, "must be whsec_ and 24 to 64 bytes in base64, or file: and the path of a file with that")
		return nil
	}
	signer, err := standardwebhooks.NewWebhookRaw(secret)
	if err != nil {
		r.Add(at, "is not a secret")
	}
	return signer
}
