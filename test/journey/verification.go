package journey

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Verification is a verification as the API returns it.
type Verification struct {
	ID              string      `json:"id"`
	Purpose         string      `json:"purpose"`
	State           string      `json:"state"`
	Kind            string      `json:"kind"`
	Document        Masked      `json:"document"`
	Prefilled       bool        `json:"prefilled"`
	Checks          []Check     `json:"checks"`
	Next            *Step       `json:"next"`
	Failure         *Failure    `json:"failure"`
	Tries           *Tries      `json:"tries"`
	ConsentsMissing []NoticeRef `json:"consents_missing"`
	TodoID          string      `json:"todo_id"`
	Revision        int64       `json:"revision"`
	ContentDigest   string      `json:"content_digest"`
	HasPortrait     bool        `json:"has_portrait"`
	CreatedAt       time.Time   `json:"created_at"`
	ExpiresAt       time.Time   `json:"expires_at"`
	PassedAt        *time.Time  `json:"passed_at"`
	UsableUntil     *time.Time  `json:"usable_until"`
}

// Check is one step of a verification.
type Check struct {
	Check   string `json:"check"`
	State   string `json:"state"`
	Kind    string `json:"kind"`
	Attempt string `json:"attempt_id"`
	Failure string `json:"failure_code"`
}

// Step is the check to do now.
type Step struct {
	Check    string `json:"check"`
	Provider string `json:"provider"`
}

// Tries are the tries left of the next check.
type Tries struct {
	Left   int        `json:"left"`
	NextAt *time.Time `json:"next_at"`
}

// Failure is the reason why something did not pass, and its remedies.
type Failure struct {
	Code      string   `json:"code"`
	Kind      string   `json:"kind"`
	Prompt    string   `json:"prompt"`
	Cause     string   `json:"cause"`
	Remedies  []Remedy `json:"remedies"`
	Retryable bool     `json:"retryable"`
	Counted   bool     `json:"counted"`
}

// Remedy is a next step for the person.
type Remedy struct {
	Kind      string     `json:"kind"`
	Text      string     `json:"text"`
	NotBefore *time.Time `json:"not_before"`
	SlipCode  string     `json:"slip_code"`
}

// Attempt is one try of a check.
type Attempt struct {
	AttemptID    string       `json:"attempt_id"`
	Check        string       `json:"check"`
	State        string       `json:"state"`
	Kind         string       `json:"kind"`
	Call         *FaceCall    `json:"call"`
	Failure      *Failure     `json:"failure"`
	Counted      bool         `json:"counted"`
	CardLast4    string       `json:"card_last4"`
	ExpiresAt    *time.Time   `json:"expires_at"`
	Verification Verification `json:"verification"`
}

// FaceCall opens the camera.
type FaceCall struct {
	Kind      string `json:"kind"`
	CertifyID string `json:"certify_id"`
	URL       string `json:"url"`
}

// document is what a person types.
type document struct {
	Type       string `json:"type"`
	Number     string `json:"number"`
	Name       string `json:"name"`
	ValidFrom  string `json:"valid_from,omitempty"`
	ValidUntil string `json:"valid_until,omitempty"`
}

type startRequest struct {
	Purpose       string    `json:"purpose"`
	Document      *document `json:"document,omitempty"`
	UsePrefill    bool      `json:"use_prefill,omitempty"`
	TodoID        string    `json:"todo_id,omitempty"`
	Revision      int64     `json:"revision,omitempty"`
	ContentDigest string    `json:"content_digest,omitempty"`
}

// start begins a verification.
func (c *Client) start(ctx context.Context, r startRequest) (Verification, error) {
	var got Verification
	return got, c.post(ctx, "/v1/verifications", r, &got)
}

// verification reads one.
func (c *Client) verification(ctx context.Context, id string) (Verification, error) {
	var got Verification
	return got, c.get(ctx, verificationPath(id, ""), &got)
}

// void ends one.
func (c *Client) void(ctx context.Context, id string) error {
	return c.remove(ctx, verificationPath(id, ""), nil)
}

// startFace begins a face check.
func (c *Client) startFace(ctx context.Context, id string) (Attempt, error) {
	var got Attempt
	return got, c.post(ctx, verificationPath(id, "/face"), nil, &got)
}

// faceResult returns the current state of a face check. If again is true, the caller
// asks again.
func (c *Client) faceResult(ctx context.Context, id, attemptID string) (got Attempt, again bool, err error) {
	a, err := c.send(ctx, request{
		method: http.MethodPost, path: verificationPath(id, "/face/result"), body: map[string]string{"attempt_id": attemptID},
	})
	switch {
	case err != nil:
		return got, false, err
	case a.status >= http.StatusMultipleChoices:
		return got, false, a.problem()
	}
	return got, a.status == http.StatusAccepted, a.read(&got)
}

type cardRequest struct {
	Card  string `json:"card"`
	Phone string `json:"phone,omitempty"`
}

// bankCard checks a card.
func (c *Client) bankCard(ctx context.Context, id string, card cardRequest) (Attempt, error) {
	var got Attempt
	return got, c.post(ctx, verificationPath(id, "/bank-card"), card, &got)
}

// portrait returns the captured picture and its type.
func (c *Client) portrait(ctx context.Context, id string) ([]byte, string, error) {
	a, err := c.send(ctx, request{method: http.MethodGet, path: verificationPath(id, "/portrait")})
	switch {
	case err != nil:
		return nil, "", err
	case a.status != http.StatusOK:
		return nil, "", a.problem()
	}
	return a.body, a.header.Get("Content-Type"), nil
}

// acceptPortrait accepts the captured picture and opens the list of todos.
func (c *Client) acceptPortrait(ctx context.Context, id string) (until time.Time, err error) {
	var got struct {
		Until time.Time `json:"until"`
	}
	err = c.call(ctx, request{method: http.MethodPost, path: verificationPath(id, "/portrait/accept")}, &got)
	return got.Until, err
}

func verificationPath(id, rest string) string {
	return "/v1/verifications/" + url.PathEscape(id) + rest
}
