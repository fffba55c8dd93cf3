package agency

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"renzheng/providers/kit"
	"renzheng/strictjson"
	"renzheng/verification"
)

const maxAnswerBytes = 4 << 20 // a portrait in base64 and a little around it

var attemptShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Client calls one gateway. Safe for concurrent use.
type Client struct {
	line      kit.Line
	keyID     string
	key       crypto.Signer
	gateway   map[string]crypto.PublicKey
	pageHosts []string
	clock     func() time.Time
}

// New returns a client, or an error for each invalid field of the configuration.
// It sends nothing.
func New(c Config) (*Client, error) {
	p, err := c.prepare()
	if err != nil {
		return nil, fmt.Errorf("configuring agency: %w", err)
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Transport == nil {
		c.Transport = kit.NewTransport(nil)
	}
	return &Client{
		line:  kit.Line{Base: p.base, Timeout: c.Timeout, Transport: c.Transport, MaxBytes: maxAnswerBytes},
		keyID: c.KeyID, key: p.key, gateway: p.gateway, pageHosts: c.pageHosts(p.base), clock: c.Clock,
	}, nil
}

// Format keeps the key out of printed clients.
func (c *Client) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, "agency client") }

// question is one call of the contract.
type question struct {
	call   string
	method string
	path   string // behind the gateway's address
	body   any    // nil = none
}

// answer is a verified answer of the gateway.
type answer struct {
	status int
	object strictjson.Object
}

func (a answer) text(name string, shape *regexp.Regexp) string { return a.object.Matching(name, shape) }

func (a answer) reference() string { return a.text("reference", referenceShape) }

// ask makes a call. The answer is verified to be the gateway's, to this call and
// recent. Its status may be a rejection. Errors: *kit.CallError.
func (c *Client) ask(ctx context.Context, q question) (answer, *kit.CallError) {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return answer{}, notAsked(q.call)
		}
	}
	r, err := http.NewRequestWithContext(ctx, q.method, c.line.Base.JoinPath(q.path).String(), bytes.NewReader(body))
	if err != nil {
		return answer{}, notAsked(q.call)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Accept", "application/json")
	asked, err := c.seal(r, body, rand.Text())
	if err != nil {
		return answer{}, notAsked(q.call)
	}
	reply, err := c.line.Send(ctx, r)
	if err != nil {
		return answer{}, kit.NotAnswered(provider, q.call, reply.Status, err).IfNoEffect(verification.ErrNothingDone)
	}
	if code := c.authentic(reply, asked); code != "" {
		return answer{}, disbelieved(q.call, code, answer{status: reply.Status})
	}
	object, err := strictjson.ReadObject(reply.Body)
	if err != nil {
		return answer{}, disbelieved(q.call, kit.CodeUnreadable, answer{status: reply.Status})
	}
	return answer{status: reply.Status, object: object}, nil
}
