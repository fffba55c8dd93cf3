package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Signed is a confirmation that the server has acknowledged, with the handwriting that was sent.
type Signed struct {
	Confirmation

	Strokes string
}

// Receipt returns the receipt of one of the person's own answers.
func (c *Client) Receipt(ctx context.Context, confirmationID string) ([]byte, error) {
	return c.receipt(ctx, confirmationID)
}

// Erase reads what an erasure would leave, erases the person, and checks that the session is dead and that the erasure can be
// read without it. It returns the id of the erasure.
func (c *Client) Erase(ctx context.Context) (string, error) {
	var planned struct {
		Erasure struct {
			ID    string `json:"id"`
			Stays []struct {
				Reason string `json:"reason"`
				Law    string `json:"law"`
			} `json:"stays"`
		} `json:"erasure"`
	}
	if err := c.read(ctx, request{method: http.MethodGet, path: "/v1/me/data"}, &planned); err != nil {
		return "", err
	}
	for _, stay := range planned.Erasure.Stays {
		if stay.Reason == "" || stay.Law == "" {
			return "", errors.New("something stays without a reason")
		}
	}
	var erased struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
	err := c.read(ctx, request{method: http.MethodPost, path: "/v1/me/erasure", body: map[string]bool{"understood": true}}, &erased)
	if err != nil {
		return "", err
	}
	if _, err = wantProblem(c.get(ctx, "/v1/session", nil), "session_required"); err != nil {
		return "", err
	}
	if err = c.read(ctx, request{method: http.MethodGet, path: "/v1/erasures/" + planned.Erasure.ID}, &erased); err != nil {
		return "", err
	}
	return erased.ID, same("id of the erasure", erased.ID, planned.Erasure.ID)
}

// read decodes the members of an answer that a check needs, and skips the others.
func (c *Client) read(ctx context.Context, r request, out any) error {
	a, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	if a.status >= http.StatusMultipleChoices {
		return a.problem()
	}
	if err = json.Unmarshal(a.body, out); err != nil {
		return fmt.Errorf("reading %s: %w", r.path, err)
	}
	return nil
}
