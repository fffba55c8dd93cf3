package journey

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"renzheng/test/harness"
)

// sentCode is a one-time code on its way.
type sentCode struct {
	ID          string    `json:"id"`
	PhoneMasked string    `json:"phone_masked"`
	ExpiresAt   time.Time `json:"expires_at"`
	NextAt      time.Time `json:"next_at"`
}

// sendCode asks for a one-time code.
func (c *Client) sendCode(ctx context.Context, purpose, phone string) (sentCode, error) {
	var got sentCode
	return got, c.post(ctx, "/v1/one-time-codes", map[string]string{"purpose": purpose, "phone": phone}, &got)
}

type registration struct {
	CodeID    string      `json:"code_id"`
	Code      string      `json:"code"`
	Phone     string      `json:"phone"`
	Nickname  string      `json:"nickname"`
	Agreement shownNotice `json:"agreement"`
}

// register registers and keeps the cookie of the session, as a browser does.
func (c *Client) register(ctx context.Context, r registration) (Session, error) {
	return c.entersBy(ctx, "/v1/subscribers", r)
}

// signIn signs in with a code, in the same way.
func (c *Client) signIn(ctx context.Context, codeID, code, phone string) (Session, error) {
	return c.entersBy(ctx, "/v1/sign-ins", map[string]string{"code_id": codeID, "code": code, "phone": phone})
}

func (c *Client) entersBy(ctx context.Context, path string, body any) (Session, error) {
	a, err := c.send(ctx, request{method: http.MethodPost, path: path, body: body, key: newKey()})
	if err != nil {
		return Session{}, err
	}
	if a.status != http.StatusCreated {
		return Session{}, a.problem()
	}
	for _, line := range a.header.Values("Set-Cookie") {
		if cookie, failed := http.ParseSetCookie(line); failed == nil && cookie.Name == "__Host-session" {
			c.cookie = &http.Cookie{Name: cookie.Name, Value: cookie.Value}
		}
	}
	var got Session
	if err = a.read(&got); err == nil && c.cookie == nil {
		err = errors.New("the browser got no cookie")
	}
	return got, err
}

// inbox returns the messages that a phone got, newest first.
func (s *sandbox) inbox(ctx context.Context, phone string) (harness.Inbox, error) {
	var got harness.Inbox
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/sandbox/sms?phone="+url.QueryEscape(phone), nil)
	if err != nil {
		return got, fmt.Errorf("making a request to the sandbox: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	return got, s.exchange(req, &got)
}

var codeInText = regexp.MustCompile(`验证码([0-9]{6})，`)

// codeFor returns the code of the newest message to a phone.
func (s *sandbox) codeFor(ctx context.Context, phone string) (string, error) {
	got, err := s.inbox(ctx, phone)
	if err != nil {
		return "", err
	}
	if len(got.Messages) == 0 {
		return "", errors.New("no message arrived")
	}
	found := codeInText.FindStringSubmatch(got.Messages[0].Text)
	if found == nil {
		return "", errors.New("the message has no code")
	}
	return found[1], nil
}
