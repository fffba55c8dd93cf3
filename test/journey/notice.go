package journey

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// NoticeRef identifies a notice in one language.
type NoticeRef struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	Hash     string `json:"hash"`
	Kind     string `json:"kind"`
	Language string `json:"language"`
	Title    string `json:"title"`
}

// Notice is a notice with its text.
type Notice struct {
	NoticeRef

	Statement string            `json:"statement"`
	Parts     map[string]string `json:"parts"`
}

// Consent is one record of acceptance.
type Consent struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	NoticeID   string    `json:"notice_id"`
	Version    string    `json:"version"`
	AcceptedAt time.Time `json:"accepted_at"`
	ValidUntil time.Time `json:"valid_until"`
}

// withdrawn is the effect of a withdrawal.
type withdrawn struct {
	Ended map[string]int `json:"ended"`
	Stays []string       `json:"stays"`
}

type consents struct {
	Consents []Consent `json:"consents"`
}

// noticeQuery identifies a flow.
type noticeQuery struct{ channel, documentType, purpose string }

// notices returns the full notices of a flow.
func (c *Client) notices(ctx context.Context, q noticeQuery) ([]Notice, error) {
	got, err := c.shownNotices(ctx, q)
	return got.Notices, err
}

// noticeSet is what is shown of a flow.
type noticeSet struct {
	Notices  []Notice `json:"notices"`
	Optional []Notice `json:"optional"`
}

func (c *Client) shownNotices(ctx context.Context, q noticeQuery) (noticeSet, error) {
	var got noticeSet
	query := url.Values{"channel": {q.channel}, "document_type": {q.documentType}, "purpose": {q.purpose}}
	if err := c.get(ctx, "/v1/notices?"+query.Encode(), &got); err != nil {
		return noticeSet{}, err
	}
	for _, n := range slices.Concat(got.Notices, got.Optional) {
		if n.Title == "" || n.Statement == "" || len(n.Parts) != noticeParts {
			return noticeSet{}, fmt.Errorf("notice %s is incomplete", n.ID)
		}
	}
	return got, nil
}

const noticeParts = 9 // required by law

// consents returns the notices that the account accepted and that are still valid.
func (c *Client) consents(ctx context.Context) ([]Consent, error) {
	var got consents
	return got.Consents, c.get(ctx, "/v1/consents", &got)
}

type shownNotice struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

// accept accepts notices.
func (c *Client) accept(ctx context.Context, notices []Notice) ([]Consent, error) {
	shown := make([]shownNotice, len(notices))
	for i, n := range notices {
		shown[i] = shownNotice{n.ID, n.Version, n.Hash}
	}
	var got consents
	err := c.call(ctx, request{
		method: http.MethodPost, path: "/v1/consents", body: map[string]any{"notices": shown},
	}, &got)
	return got.Consents, err
}
