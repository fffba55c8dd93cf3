package agency

import (
	"crypto"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
)

const (
	defaultTimeout = 10 * time.Second // of the contract: a gateway answers within it
	maxTimeout     = 60 * time.Second // longer and the person's own request is over
)

var keyIDShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Config has the address of the gateway, our key and the gateway's keys.
type Config struct {
	URL         string          // address of the gateway, https or http to loopback, perhaps with a path
	KeyID       string          // of our key, as the gateway knows it; [A-Za-z0-9._-]{1,64}
	Key         identity.Secret // PEM, PRIVATE KEY (PKCS #8), Ed25519 or P-256
	GatewayKeys []GatewayKey    // one or more: the gateway may be changing over
	PageHosts   []string        // host[:port] of face pages besides the gateway's own
	Timeout     time.Duration
	Clock       func() time.Time // required
	// Transport sends the requests; nil = one of our own without proxy. No transport
	// can make a call follow a redirect or reach another host.
	Transport http.RoundTripper
}

// GatewayKey is a key by which the gateway signs answers. Public.
type GatewayKey struct {
	ID        string // [A-Za-z0-9._-]{1,64}
	PublicKey string // PEM, PUBLIC KEY, Ed25519 or P-256
}

// prepared is a valid configuration after parsing.
type prepared struct {
	base    *url.URL
	key     crypto.Signer
	gateway map[string]crypto.PublicKey // by key id
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error {
	_, err := c.prepare()
	return err
}

// Official reports whether the gateway is reached over TLS on another machine. If
// it is not, the environment is a sandbox (R35).
func (c Config) Official() bool {
	base, err := kit.ReadBase(c.URL)
	return err == nil && base.Scheme == "https" && !kit.Loopback(base.Hostname())
}

func (c Config) prepare() (prepared, error) {
	p := prepared{gateway: map[string]crypto.PublicKey{}}
	var baseErr, keyErr error
	p.base, baseErr = kit.ReadBase(c.URL)
	p.key, keyErr = readPrivate(c.Key.Reveal())
	return p, errors.Join(
		setting.Wrap("URL", baseErr),
		setting.Wrap("Key", keyErr),
		setting.Require(keyIDShape.MatchString(c.KeyID), "KeyID", "must be 1 to 64 letters, digits, ., _ or -"),
		p.addAll(c.GatewayKeys),
		setting.Require(!slices.ContainsFunc(c.PageHosts, isNoHost), "PageHosts", "must each be host or host:port, in lower case"),
		setting.Require(c.Timeout >= 0 && c.Timeout <= maxTimeout, "Timeout", "must be more than 0 and at most a minute"),
		setting.Require(c.Clock != nil, "Clock", "must be set"),
	)
}

// isNoHost reports whether a text is anything but host or host:port.
func isNoHost(text string) bool {
	u, err := kit.ReadBase("https://" + text)
	return err != nil || u.Host != text || u.Path != ""
}

// addAll reads the keys of the gateway, of which at least one must be given.
func (p prepared) addAll(keys []GatewayKey) error {
	if len(keys) == 0 {
		return setting.Errorf("GatewayKeys", "must name at least one key")
	}
	var problems []error
	for i, key := range keys {
		if err := p.add(key); err != nil {
			problems = append(problems, setting.Errorf("GatewayKeys", "key %d %w", i+1, err))
		}
	}
	return errors.Join(problems...)
}

func (p prepared) add(key GatewayKey) error {
	public, err := readPublic(key.PublicKey)
	switch {
	case err != nil:
		return err
	case !keyIDShape.MatchString(key.ID):
		return errors.New("must have an id of 1 to 64 letters, digits, ., _ or -")
	case p.gateway[key.ID] != nil:
		return errors.New("has the id of another key")
	}
	p.gateway[key.ID] = public
	return nil
}

// pageHosts are the hosts to which a client may be sent.
func (c Config) pageHosts(base *url.URL) []string {
	return append([]string{strings.ToLower(base.Host)}, c.PageHosts...)
}
