package alibabacloud

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"renzheng/providers/kit"
	"renzheng/verification"
)

const version = "2019-03-07"

// Client calls the service. Safe for concurrent use.
type Client struct {
	credentials credentials
	line        kit.Line
	clock       func() time.Time
}

// New returns a client, or an error for each invalid field of the configuration.
// It sends nothing.
func New(c Config) (*Client, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring alibabacloud: %w", err)
	}
	base, err := c.base()
	if err != nil {
		return nil, fmt.Errorf("configuring alibabacloud: %w", err)
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Transport == nil {
		c.Transport = kit.NewTransport(nil)
	}
	return &Client{
		credentials: credentials{id: c.AccessKeyID, secret: c.AccessKeySecret.Reveal()},
		line:        kit.Line{Base: base, Timeout: c.Timeout, Transport: c.Transport, MaxBytes: maxAnswerBytes},
		clock:       c.Clock,
	}, nil
}

// Format keeps the key out of printed clients.
func (c *Client) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, "alibabacloud client") }

// call makes one request and returns the whole answer. Errors: *kit.CallError.
func (c *Client) call(ctx context.Context, action string, parameters url.Values) (answer, error) {
	body := []byte(parameters.Encode())
	address := *c.line.Base
	address.Path = "/"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return answer{}, notAsked(action)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("X-Acs-Action", action)
	r.Header.Set("X-Acs-Version", version)
	c.credentials.sign(r, body, stamp{at: c.clock(), nonce: rand.Text()})
	reply, err := c.line.Send(ctx, r)
	if err != nil {
		return answer{}, kit.NotAnswered(provider, action, reply.Status, err).IfNoEffect(verification.ErrNothingDone)
	}
	a, ok := readAnswer(reply)
	if !ok {
		return answer{}, unreadable(action, a)
	}
	return a, nil
}
