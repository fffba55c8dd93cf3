package journey

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"time"

	"renzheng/test/harness"
)

// Ticket is a request for support.
type Ticket struct {
	ID           string    `json:"id"`
	Code         string    `json:"code"`
	State        string    `json:"state"`
	DocumentType string    `json:"document_type"`
	Failure      string    `json:"failure"`
	Purpose      string    `json:"purpose"`
	Article      *Article  `json:"article"`
	Contact      Contact   `json:"contact"`
	CreatedAt    time.Time `json:"created_at"`
	ExpiresAt    time.Time `json:"expires_at"`
}

// Article is a question with its answer.
type Article struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Contact describes how to reach support.
type Contact struct {
	Account       string `json:"account"`
	MenuEntry     string `json:"menu_entry"`
	QR            string `json:"qr"`
	ServiceWindow string `json:"service_window"`
}

// FAQ is a list of questions.
type FAQ struct {
	Version  string    `json:"version"`
	Articles []Article `json:"articles"`
}

type ticketRequest struct {
	DocumentType string `json:"document_type"`
	Failure      string `json:"failure"`
	Purpose      string `json:"purpose"`
}

func (c *Client) openTicket(ctx context.Context, r ticketRequest) (Ticket, error) {
	var t Ticket
	return t, c.call(ctx, request{method: http.MethodPost, path: "/v1/support/tickets", body: r}, &t)
}

func (c *Client) ticket(ctx context.Context, id string) (Ticket, error) {
	var t Ticket
	return t, c.get(ctx, "/v1/support/tickets/"+url.PathEscape(id), &t)
}

func (c *Client) contact(ctx context.Context) (Contact, error) {
	var got Contact
	return got, c.get(ctx, "/v1/support", &got)
}

func (c *Client) faq(ctx context.Context, query string) (FAQ, error) {
	var got FAQ
	return got, c.get(ctx, "/v1/support/faq?q="+url.QueryEscape(query), &got)
}

// qrCode fetches a picture to save.
func (c *Client) qrCode(ctx context.Context, path string) error {
	a, err := c.send(ctx, request{method: http.MethodGet, path: path})
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return a.problem()
	}
	picture, err := png.Decode(bytes.NewReader(a.body))
	if err != nil {
		return fmt.Errorf("the QR code is no picture: %w", err)
	}
	if side := picture.Bounds().Dx(); side < 100 {
		return fmt.Errorf("the QR code has %d pixels only", side)
	}
	return nil
}

// support performs an action at the service account. It is repeated while the server
// does not answer.
func (s *sandbox) support(ctx context.Context, openID, do, with string) (harness.SupportAnswer, error) {
	var got harness.SupportAnswer
	err := s.whileAway(ctx, func() error {
		return s.form(ctx, "/sandbox/support", url.Values{"open_id": {openID}, "do": {do}, "with": {with}}, &got)
	})
	if err == nil && got.Kind == "" {
		err = errors.New("the service account says nothing")
	}
	return got, err
}
