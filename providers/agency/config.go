package agency

import (
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/wire"
)

const (
	defaultTimeout = 10 * time.Second // of the contract: a gateway answers within it
	maxTimeout     = 60 * time.Second // longer and the person's own request is over
)

var keyIDShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Config says where the gateway is, how it knows us and how we know it.
type Config struct {
	URL         string          // address of the gateway, https or http to loopback, perhaps with a path
	KeyID       string          // of our key, as the gateway knows it; [A-Za-z0-9._-]{1,64}
	Key         identity.Secret // PEM, PRIVATE KEY (PKCS #8), Ed25519 or P-256
	GatewayKeys []GatewayKey    // one or more: the gateway may be changing over
	PageHosts   []string        // host[:port] of face pages besides the gateway's own
	Timeout     time.Duration
	Clock       func() time.Time // required
	// Transport carries the requests; nil = one of our own without proxy. What
	// it must not do (redirect, reach another host) is held whatever it is.
	Transport http.RoundTripper
}

// GatewayKey is a key by which the gateway signs answers. Public.
type GatewayKey struct {
	ID        string // [A-Za-z0-9._-]{1,64}
	PublicKey string // PEM, PUBLIC KEY, Ed25519 or P-256
}

// prepared is a configuration as read.
type prepared struct {
	base    *url.URL
	key     crypto.Signer
	gateway map[string]crypto.PublicKey // by key id
}

// Validate gives all problems together, or nil. It repeats no value.
func (c Config) Validate() error {
	_, err := c.prepare()
	return err
}

// Official tells whether the gateway is reached over TLS on another machine.
// Where it is not, the environment is a sandbox (R35).
func (c Config) Official() bool {
	base, err := wire.ReadBase(c.URL)
	return err == nil && base.Scheme == "https" && !wire.Loopback(base.Hostname())
}

func (c Config) prepare() (prepared, error) {
	p := prepared{gateway: map[string]crypto.PublicKey{}}
	var problems []error
	report := func(field string, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", field, err))
		}
	}
	var err error
	p.base, err = wire.ReadBase(c.URL)
	report("url", err)
	p.key, err = readPrivate(c.Key.Reveal())
	report("key", err)
	if !keyIDShape.MatchString(c.KeyID) {
		report("key id", errors.New("wants 1 to 64 letters, digits, ., _ or -"))
	}
	if len(c.GatewayKeys) == 0 {
		report("gateway keys", errors.New("wants one at least"))
	}
	for i, key := range c.GatewayKeys {
		report(fmt.Sprintf("gateway key %d", i+1), p.add(key))
	}
	if slices.ContainsFunc(c.PageHosts, func(host string) bool {
		u, err := wire.ReadBase("https://" + host)
		return err != nil || u.Host != host || u.Path != ""
	}) {
		report("page hosts", errors.New("each wants to be host or host:port, in lower case"))
	}
	if c.Timeout < 0 || c.Timeout > maxTimeout {
		report("timeout", errors.New("wants more than nothing and at most a minute"))
	}
	if c.Clock == nil {
		report("clock", errors.New("is missing"))
	}
	return p, errors.Join(problems...)
}

func (p prepared) add(key GatewayKey) error {
	public, err := readPublic(key.PublicKey)
	switch {
	case err != nil:
		return err
	case !keyIDShape.MatchString(key.ID):
		return errors.New("wants an id of 1 to 64 letters, digits, ., _ or -")
	case p.gateway[key.ID] != nil:
		return errors.New("has the id of another")
	}
	p.gateway[key.ID] = public
	return nil
}

// pageHosts are the hosts to which a client may be sent.
func (c Config) pageHosts(base *url.URL) []string {
	return append([]string{strings.ToLower(base.Host)}, c.PageHosts...)
}
