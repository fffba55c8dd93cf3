package journey

import (
	"context"
	"time"
)

// Session is the session of the client.
type Session struct {
	ID           string        `json:"id"`
	Channel      string        `json:"channel"`
	CreatedAt    time.Time     `json:"created_at"`
	IdleUntil    time.Time     `json:"idle_until"`
	ExpiresAt    time.Time     `json:"expires_at"`
	Access       *Access       `json:"access"`
	Prefill      *Masked       `json:"prefill"`
	PrefillFrom  string        `json:"prefill_from"`
	OwnerCheck   bool          `json:"owner_check"`
	Remembered   *Remembered   `json:"remembered"`
	Verification *Verification `json:"verification"`
}

// Remembered is the document that the person agreed to have remembered.
type Remembered struct {
	Document  Masked    `json:"document"`
	ConsentID string    `json:"consent_id"`
	Until     time.Time `json:"until"`
}

// Access is a live grant.
type Access struct {
	Document Masked    `json:"document"`
	Until    time.Time `json:"until"`
}

// Masked is a document as its owner sees it.
type Masked struct {
	Type         string `json:"type"`
	NumberMasked string `json:"number_masked"`
	NameMasked   string `json:"name_masked"`
}

type opened struct {
	Token   string  `json:"token"`
	Session Session `json:"session"`
}

type device struct {
	Platform string `json:"platform"`
	Version  string `json:"version"`
}

type openRequest struct {
	Channel  string `json:"channel"`
	AuthCode string `json:"auth_code"`
	Client   device `json:"client"`
}

// openSession logs in. The client keeps the token.
func (c *Client) openSession(ctx context.Context, r openRequest) (Session, error) {
	var got opened
	err := c.post(ctx, "/v1/sessions", r, &got)
	if err == nil {
		c.token = got.Token
	}
	return got.Session, err
}

// session returns the session of the client.
func (c *Client) session(ctx context.Context) (Session, error) {
	var got Session
	return got, c.get(ctx, "/v1/session", &got)
}

// closeSession logs out.
func (c *Client) closeSession(ctx context.Context) error { return c.remove(ctx, "/v1/session", nil) }

// Prefill has one of its members.
type Prefill struct {
	Document *Masked `json:"document"`
	Absent   *Absent `json:"absent"`
}

// Absent is the reason why the channel returns no document.
type Absent struct {
	Reason string `json:"reason"`
	Kind   string `json:"kind"`
}

// prefill exchanges a code of the identity scope.
func (c *Client) prefill(ctx context.Context, code string) (Prefill, error) {
	var got Prefill
	return got, c.post(ctx, "/v1/session/prefill", map[string]string{"auth_code": code}, &got)
}
