package agencytest

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"renzheng/providers/wire"
	"renzheng/strictjson"
)

// probe is a request to be made; the zero value of a field is the right one.
type probe struct {
	method, path string
	body         string
	components   []string
	keyID        string
	key          crypto.Signer
	nonce        string
	skew         time.Duration         // of created
	spoil        func(r *http.Request) // after signing
	sent         string                // the body that is sent instead of the signed one
}

// answered is an answer as it came.
type answered struct {
	status   int
	object   strictjson.Object
	unsigned error // why it does not count as the gateway's
}

// send makes the request and judges the signature of its answer.
func (k *kit) send(ctx context.Context, p probe) (answered, error) {
	body := p.body
	if p.sent != "" {
		body = p.sent
	}
	r, err := http.NewRequestWithContext(ctx, p.method, k.line.Base.JoinPath(p.path).String(), bytes.NewReader([]byte(body)))
	if err != nil {
		return answered{}, errors.New("the address cannot be asked")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Digest", contentDigest([]byte(p.body)))
	s := signature{components: p.components, created: k.target.Clock().Add(p.skew), keyID: p.keyID, nonce: p.nonce}
	if s.components == nil {
		s.components = requestComponents()
	}
	if s.keyID == "" {
		s.keyID = k.target.KeyID
	}
	if s.nonce == "" {
		s.nonce = rand.Text()
	}
	key := p.key
	if key == nil {
		key = k.key
	}
	if err = s.apply(r.Header, requestValues(r, wire.Authority(k.line.Base)), key); err != nil {
		return answered{}, err
	}
	if p.spoil != nil {
		p.spoil(r)
	}
	reply, err := k.line.Send(ctx, r)
	if err != nil {
		return answered{}, fmt.Errorf("no answer: %w", err)
	}
	a := answered{status: reply.Status, unsigned: k.judge(r, reply, s.nonce)}
	if a.object, err = strictjson.ReadObject(reply.Body); err != nil {
		return a, fmt.Errorf("status %d: %w", reply.Status, err)
	}
	return a, nil
}

// ask is send where the answer must be the gateway's.
func (k *kit) ask(ctx context.Context, p probe) (answered, error) {
	a, err := k.send(ctx, p)
	if err != nil {
		return a, err
	}
	if a.unsigned != nil {
		return a, fmt.Errorf("the answer's signature does not count: %w", a.unsigned)
	}
	return a, nil
}

func (k *kit) judge(r *http.Request, reply wire.Reply, nonce string) error {
	e := exchange{
		method: r.Method, url: r.URL, header: r.Header, authority: wire.Authority(k.line.Base),
		status: reply.Status, answer: reply.Header,
	}
	if fields := reply.Header.Values("Signature"); len(fields) != 1 || strings.Count(fields[0], label+"=") != 1 {
		return errors.New("there is not one signature sig1")
	}
	err := errors.New("no gateway keys are known")
	for id, key := range k.gateway {
		var claim said
		if claim, err = e.verifyAnswer(key); err != nil || claim.keyID != id {
			continue
		}
		switch {
		case claim.nonce != nonce:
			return errors.New("nonce is not the request's")
		case k.target.Clock().Sub(claim.created).Abs() > maxSkew:
			return errors.New("created is not of now")
		case !digestFits(reply.Header, reply.Body):
			return errors.New("content-digest is not the body's")
		}
		return nil
	}
	if err != nil {
		return errors.New("no key of the gateway proves it over @status, content-digest and the request's signature")
	}
	return errors.New("keyid is not the key's")
}

// attempt gives a fresh attempt id.
func attempt() string { return "conformance_" + rand.Text() }
