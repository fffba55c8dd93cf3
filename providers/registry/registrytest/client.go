package registrytest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const maxAnswerBytes = 16 << 20 // evidence holds pictures

// Client is a registry calling the service. Safe for concurrent use.
type Client struct {
	BaseURL string // of the service, without a final slash
	Signer  *Signer
	HTTP    *http.Client
}

// ProblemError is an answer with a status other than 2xx.
type ProblemError struct {
	Status int
	Code   string // of the problem document; "" = there was none
	Body   []byte
}

// Error returns status and code.
func (p *ProblemError) Error() string {
	return "the service answered " + strconv.Itoa(p.Status) + " " + p.Code
}

// PutCase pushes a revision of a case. Errors: *ProblemError, as for all methods.
func (c *Client) PutCase(ctx context.Context, caseID string, body Case) (CaseState, error) {
	var state CaseState
	return state, c.call(ctx, http.MethodPut, casePath(caseID), body, &state)
}

// GetCase asks how a case stands.
func (c *Client) GetCase(ctx context.Context, caseID string) (CaseState, error) {
	var state CaseState
	return state, c.call(ctx, http.MethodGet, casePath(caseID), nil, &state)
}

// ListCases asks for a part of the own cases, by a query string of the operation.
func (c *Client) ListCases(ctx context.Context, query url.Values) (CaseList, error) {
	var list CaseList
	return list, c.call(ctx, http.MethodGet, "/registry/v1/cases?"+query.Encode(), nil, &list)
}

// DeleteCase withdraws a case.
func (c *Client) DeleteCase(ctx context.Context, caseID string) error {
	return c.call(ctx, http.MethodDelete, casePath(caseID), nil, nil)
}

// CloseSigner states that a signer was served at the window.
func (c *Client) CloseSigner(ctx context.Context, caseID, signerID string) (Closing, error) {
	var closing Closing
	return closing, c.call(ctx, http.MethodPost, signerPath(caseID, signerID)+"/close", nil, &closing)
}

// Invite asks for an invitation of a signer.
func (c *Client) Invite(ctx context.Context, caseID, signerID string) (Invitation, error) {
	var invitation Invitation
	return invitation, c.call(ctx, http.MethodPost, signerPath(caseID, signerID)+"/invitation", nil, &invitation)
}

// GetEvidence fetches the evidence file of a signer's answer to a revision.
func (c *Client) GetEvidence(ctx context.Context, caseID, signerID string, revision int64) ([]byte, error) {
	var file json.RawMessage
	path := signerPath(caseID, signerID) + "/evidence?revision=" + strconv.FormatInt(revision, 10)
	return file, c.call(ctx, http.MethodGet, path, nil, &file)
}

// Events pulls events after a position of the feed.
func (c *Client) Events(ctx context.Context, after int64) (Feed, error) {
	var feed Feed
	return feed, c.call(ctx, http.MethodGet, "/registry/v1/events?after="+strconv.FormatInt(after, 10), nil, &feed)
}

// Redeliver asks for an event to be pushed again.
func (c *Client) Redeliver(ctx context.Context, eventID string) error {
	return c.call(ctx, http.MethodPost, "/registry/v1/events/"+url.PathEscape(eventID)+"/redeliver", nil, nil)
}

// Keys fetches the public keys of the service's receipts, which need no
// signature.
func (c *Client) Keys(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+"/.well-known/jwks.json", nil)
	if err != nil {
		return nil, fmt.Errorf("preparing a request: %w", err)
	}
	return c.send(request)
}

func casePath(caseID string) string { return "/registry/v1/cases/" + url.PathEscape(caseID) }

func signerPath(caseID, signerID string) string {
	return casePath(caseID) + "/signers/" + url.PathEscape(signerID)
}

// call sends a signed request and decodes the answer, where one is wanted.
func (c *Client) call(ctx context.Context, method, path string, body, answer any) error {
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return fmt.Errorf("encoding a request: %w", err)
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, c.BaseURL+path, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("preparing a request: %w", err)
	}
	if raw != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if err = c.Signer.Sign(request, raw); err != nil {
		return err
	}
	content, err := c.send(request)
	if err != nil || answer == nil {
		return err
	}
	if err := json.Unmarshal(content, answer); err != nil {
		return fmt.Errorf("decoding an answer: %w", err)
	}
	return nil
}

func (c *Client) send(request *http.Request) ([]byte, error) {
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking the service: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes))
	if err != nil {
		return nil, fmt.Errorf("reading an answer: %w", err)
	}
	if response.StatusCode >= 200 && response.StatusCode <= 299 {
		return content, nil
	}
	problem := &ProblemError{Status: response.StatusCode, Body: content}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json") {
		var document struct {
			Code string `json:"code"`
		}
		_ = json.Unmarshal(content, &document) // the error keeps the body
		problem.Code = document.Code
	}
	return nil, problem
}
