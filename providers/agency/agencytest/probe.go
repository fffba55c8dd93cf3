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

	"renzheng/providers/kit"
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
func (f *fixture) send(ctx context.Context, p probe) (answered, error) {
	body := p.body
	if p.sent != "" {
		body = p.sent
	}
	r, err := http.NewRequestWithContext(ctx, p.method, f.line.Base.JoinPath(p.path).String(), bytes.NewReader([]byte(body)))
	if err != nil {
		return answered{}, errors.New("the address cannot be asked")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Digest", contentDigest([]byte(p.body)))
	s := signature{components: p.components, created: f.target.Clock().Add(p.skew), keyID: p.keyID, nonce: p.nonce}
	if s.components == nil {
		s.components = requestComponents()
	}
	if s.keyID == "" {
		s.keyID = f.target.KeyID
	}
	if s.nonce == "" {
		s.nonce = rand.Text()
	}
	key := p.key
	if key == nil {
		key = f.key
	}
	if err = s.apply(r.Header, requestValues(r, kit.Authority(f.line.Base)), key); err != nil {
		return answered{}, err
	}
	if p.spoil != nil {
		p.spoil(r)
	}
	reply, err := f.line.Send(ctx, r)
	if err != nil {
		return answered{}, fmt.Errorf("no answer: %w", err)
	}
	a := answered{status: reply.Status, unsigned: f.judge(r, reply, s.nonce)}
	if a.object, err = strictjson.ReadObject(reply.Body); err != nil {
		return a, fmt.Errorf("status %d: %w", reply.Status, err)
	}
	return a, nil
}

// ask is send where the answer must be the gateway's.
func (f *fixture) ask(ctx context.Context, p probe) (answered, error) {
	a, err := f.send(ctx, p)
	if err != nil {
		return a, err
	}
	if a.unsigned != nil {
		return a, fmt.Errorf("the answer's signature does not count: %w", a.unsigned)
	}
	return a, nil
}

func (f *fixture) judge(r *http.Request, reply kit.Reply, nonce string) error {
	e := exchange{
		method: r.Method, url: r.URL, header: r.Header, authority: kit.Authority(f.line.Base),
		status: reply.Status, answer: reply.Header,
	}
	if fields := reply.Header.Values("Signature"); len(fields) != 1 || strings.Count(fields[0], label+"=") != 1 {
		return errors.New("there is not one signature sig1")
	}
	err := errors.New("no gateway keys are known")
	for id, key := range f.gateway {
		var claim said
		if claim, err = e.verifyAnswer(key); err != nil || claim.keyID != id {
			continue
		}
		switch {
		case claim.nonce != nonce:
			return errors.New("nonce is not the request's")
		case f.target.Clock().Sub(claim.created).Abs() > maxSkew:
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

// attempt returns a fresh attempt id.
func attempt() string { return "conformance_" + rand.Text() }
