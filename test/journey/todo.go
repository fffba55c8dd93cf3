package journey

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"renzheng/todo"
)

// Row is one line of the list.
type Row struct {
	ID             string     `json:"id"`
	State          string     `json:"state"`
	Kind           string     `json:"kind"`
	RegistryName   string     `json:"registry_name"`
	EnterpriseName string     `json:"enterprise_name"`
	BusinessKind   string     `json:"business_kind"`
	BusinessLabel  string     `json:"business_label"`
	Role           string     `json:"role"`
	Represented    string     `json:"represented"`
	OpenedAt       *time.Time `json:"opened_at"`
	ExpiresAt      *time.Time `json:"expires_at"`
	AnsweredAt     *time.Time `json:"answered_at"`
	Hint           string     `json:"hint"`
}

// Todo is a todo with everything that is shown.
type Todo struct {
	ID            string     `json:"id"`
	State         string     `json:"state"`
	Kind          string     `json:"kind"`
	Revision      int64      `json:"revision"`
	ContentDigest string     `json:"content_digest"`
	Content       Content    `json:"content"`
	OpenedAt      time.Time  `json:"opened_at"`
	ExpiresAt     time.Time  `json:"expires_at"`
	AnsweredAt    *time.Time `json:"answered_at"`
	Progress      struct {
		Signers int `json:"signers"`
		Waiting int `json:"waiting"`
	} `json:"progress"`
}

// Content is what is shown and covered by the digest.
type Content struct {
	RegistryID   string `json:"registry_id"`
	RegistryName string `json:"registry_name"`
	CaseID       string `json:"case_id"`
	SignerID     string `json:"signer_id"`
	Role         string `json:"role"`

	Represents todo.Represented `json:"represents"`
	Header     struct {
		EnterpriseName string `json:"enterprise_name"`
		BusinessKind   string `json:"business_kind"`
		BusinessLabel  string `json:"business_label"`
		Mode           string `json:"mode"`
		AppliedOn      string `json:"applied_on"`
	} `json:"header"`
	Items []struct {
		Label string `json:"label"`
		Value string `json:"value"`
	} `json:"items"`
}

// todos returns the todos of the last seven days.
func (c *Client) todos(ctx context.Context) ([]Row, error) {
	var all []Row
	for path := "/v1/todos"; ; {
		var page struct {
			Todos      []Row  `json:"todos"`
			NextCursor string `json:"next_cursor"`
		}
		if err := c.get(ctx, path, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Todos...)
		if page.NextCursor == "" {
			return all, nil
		}
		path = "/v1/todos?cursor=" + url.QueryEscape(page.NextCursor)
	}
}

// todo reads one.
func (c *Client) todo(ctx context.Context, id string) (Todo, error) {
	var got Todo
	return got, c.get(ctx, "/v1/todos/"+url.PathEscape(id), &got)
}

// Confirmation is the answer to a todo.
type Confirmation struct {
	ID             string    `json:"id"`
	TodoID         string    `json:"todo_id"`
	Decision       string    `json:"decision"`
	Kind           string    `json:"kind"`
	Reason         string    `json:"reason"`
	Revision       int64     `json:"revision"`
	ContentDigest  string    `json:"content_digest"`
	EnterpriseName string    `json:"enterprise_name"`
	BusinessKind   string    `json:"business_kind"`
	BusinessLabel  string    `json:"business_label"`
	Role           string    `json:"role"`
	Represented    string    `json:"represented"`
	AnsweredAt     time.Time `json:"answered_at"`
	Links          struct {
		Self    string `json:"self"`
		Receipt string `json:"receipt"`
		Todo    string `json:"todo"`
	} `json:"links"`
}

type confirmRequest struct {
	VerificationID string `json:"verification_id"`
	Revision       int64  `json:"revision"`
	ContentDigest  string `json:"content_digest"`
	Strokes        string `json:"strokes"`
}

// confirm confirms a todo, with an idempotency key of the caller.
func (c *Client) confirm(ctx context.Context, todoID, key string, r confirmRequest) (Confirmation, error) {
	var got Confirmation
	return got, c.call(ctx, request{
		method: http.MethodPost, path: "/v1/todos/" + url.PathEscape(todoID) + "/confirmation", body: r, key: key,
	}, &got)
}

type declineRequest struct {
	Revision      int64  `json:"revision"`
	ContentDigest string `json:"content_digest"`
	Reason        string `json:"reason"`
}

// decline answers a todo with no.
func (c *Client) decline(ctx context.Context, todoID string, r declineRequest) (Confirmation, error) {
	var got Confirmation
	return got, c.post(ctx, "/v1/todos/"+url.PathEscape(todoID)+"/refusal", r, &got)
}

// confirmations returns the person's own answers.
func (c *Client) confirmations(ctx context.Context) ([]Confirmation, error) {
	var got struct {
		Confirmations []Confirmation `json:"confirmations"`
		NextCursor    string         `json:"next_cursor"`
	}
	return got.Confirmations, c.get(ctx, "/v1/confirmations", &got)
}

// receipt returns the receipt of an answer as a file.
func (c *Client) receipt(ctx context.Context, confirmationID string) ([]byte, error) {
	var got json.RawMessage
	return got, c.get(ctx, "/v1/confirmations/"+url.PathEscape(confirmationID)+"/receipt", &got)
}

// keys returns the public keys of receipts.
func (c *Client) keys(ctx context.Context) ([]byte, error) {
	var got json.RawMessage
	return got, c.get(ctx, "/.well-known/jwks.json", &got)
}
