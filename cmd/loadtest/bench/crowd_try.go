package bench

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"

	"renzheng/providers/alipay/alipaytest"
)

// told is what an answer says of a try.
type told struct {
	AttemptID string `json:"attempt_id"`
	State     string `json:"state"`
	Counted   bool   `json:"counted"`
	Call      *struct {
		Kind string `json:"kind"`
	} `json:"call"`
	Code string `json:"code"` // of a problem
}

func (c *crowd) post(ctx context.Context, p *stuck, path string, body any) (told, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return told{}, fmt.Errorf("encoding a try: %w", err)
	}
	if body == nil {
		encoded = nil
	}
	var got told
	status, err := c.side.ask(ctx, shot{method: http.MethodPost, path: path, token: p.token, key: rand.Text(), body: encoded}, &got)
	if err == nil {
		err = c.note(status, got)
	}
	return got, err
}

// tryFace begins a face, asks for the result of the one that was begun, and now
// and then opens the mini-program again.
func tryFace(ctx context.Context, c *crowd, p *stuck) error {
	const kinds = 5
	p.turns++
	switch turn := p.turns % kinds; {
	case turn == 0:
		_, err := c.post(ctx, &stuck{}, "/v1/sessions", map[string]any{
			"channel": "alipay", "auth_code": c.alipay.IssueCode(p.person.OpenID, alipaytest.ScopeBase),
			"client": map[string]string{"platform": "ios", "version": "26.1"},
		})
		return err
	case turn%2 == 0 && p.attempt != "":
		_, err := c.post(ctx, p, "/v1/verifications/"+p.verification+"/face/result", map[string]string{"attempt_id": p.attempt})
		return err
	}
	got, err := c.post(ctx, p, "/v1/verifications/"+p.verification+"/face", nil)
	p.attempt = got.AttemptID
	return err
}

// beginAnew voids the verification and begins another one, so that no face stays
// open.
func beginAnew(ctx context.Context, c *crowd, p *stuck) error {
	var nothing any
	if _, err := c.side.ask(ctx, shot{method: http.MethodDelete, path: "/v1/verifications/" + p.verification, token: p.token}, &nothing); err != nil {
		return err
	}
	var begun struct {
		ID string `json:"id"`
	}
	document, err := json.Marshal(map[string]any{
		"purpose":  "access",
		"document": map[string]string{"type": "resident_id", "number": p.person.Number, "name": p.person.Name},
	})
	if err != nil {
		return fmt.Errorf("encoding a document: %w", err)
	}
	status, err := c.side.ask(ctx, shot{method: http.MethodPost, path: "/v1/verifications", token: p.token, key: rand.Text(), body: document}, &begun)
	if err == nil && status != http.StatusCreated {
		err = fmt.Errorf("beginning anew: got %d", status)
	}
	p.verification, p.attempt = begun.ID, ""
	return err
}

// tryCard asks about a bank card that is another person's.
func tryCard(ctx context.Context, c *crowd, p *stuck) error {
	_, err := c.post(ctx, p, "/v1/verifications/"+p.verification+"/bank-card", map[string]string{"card": p.person.Card, "phone": p.person.Phone})
	return err
}

// note counts what an answer says.
func (c *crowd) note(status int, got told) error {
	if got.Counted {
		c.tally.counted.Add(1)
	}
	switch {
	case got.State == "cancelled", status == http.StatusServiceUnavailable:
		c.tally.turnedAway.Add(1)
	case status >= http.StatusMultipleChoices:
		return fmt.Errorf("got %d %s", status, got.Code)
	}
	return nil
}
