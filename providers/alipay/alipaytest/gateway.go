package alipaytest

import (
	"crypto/rsa"
	"errors"
	"sync"

	"renzheng/providers/fakes"
)

// Gateway is the simulated platform. Safe for concurrent use.
type Gateway struct {
	options   Options
	key       *rsa.PrivateKey
	faults    fakes.Faults[Fault]
	publicKey string

	mu      sync.Mutex
	codes   map[string]*authCode
	tokens  map[string]accessToken
	orders  map[string]bool
	certs   map[string]*certification
	faces   map[string]int // how many faces were shown for a name and number
	counted map[string]int

	accepted map[agreement]int
	messages []Message
}

// New makes a gateway. Errors: a required option is missing.
func New(options Options) (*Gateway, error) {
	if options.AppID == "" || options.AppKey == nil || options.Clock == nil {
		return nil, errors.New("alipaytest: app id, app key and clock are required")
	}
	if options.Persons == nil {
		options.Persons = func(string) (Person, bool) { return Person{}, false }
	}
	if options.Fate == nil {
		options.Fate = func(string, string) fakes.FaceFate { return fakes.FaceFate{} }
	}
	if options.Key == nil {
		key, err := GenerateKey()
		if err != nil {
			return nil, err
		}
		options.Key = key
	}
	publicKey, err := EncodePublicKey(&options.Key.PublicKey)
	if err != nil {
		return nil, err
	}
	return &Gateway{
		options: options, key: options.Key, publicKey: publicKey,
		codes: map[string]*authCode{}, tokens: map[string]accessToken{},
		orders: map[string]bool{}, certs: map[string]*certification{}, faces: map[string]int{},
		counted: map[string]int{}, accepted: map[agreement]int{},
	}, nil
}

// PublicKey returns the gateway's key in the form of Alipay's console.
func (g *Gateway) PublicKey() string { return g.publicKey }

// Calls tells how many calls of a method arrived, good or bad.
func (g *Gateway) Calls(method string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.counted[method]
}
