package agency

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"renzheng/verification"
)

const (
	callStart     = "face-start"
	maxPageBytes  = 2048 // of an address; longer ones do not open everywhere
	maxIDBytes    = 128  // of an account's id
	maxReturnSize = 1024
)

var _ verification.FaceChecker = (*Client)(nil)

// accountShape is the account of the channel in the JSON of the contract. Only
// this account may show its face (R5).
type accountShape struct {
	Kind string `json:"kind"` // "open_id" or "user_id", or "subscriber_id" of a registered user
	ID   string `json:"id"`
}

// startShape is the body that starts a session of the gateway.
type startShape struct {
	Document  documentShape `json:"document"`
	Account   accountShape  `json:"account"`
	ReturnURL string        `json:"return_url,omitempty"`
	Portrait  bool          `json:"portrait"` // whether the picture is wanted
}

// StartFace opens a session of the gateway for the document and the account, and
// returns the page that the client opens. The session's id is the attempt's.
//
// Errors: *kit.CallError, with verification.ErrNothingDone for a rejection that
// the gateway signed, and if nothing was sent.
func (c *Client) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	if !askable(s.AttemptID, s.Document) || s.User.IsZero() || s.User.Kind == "" || len(s.ReturnURL) > maxReturnSize {
		return verification.FaceStarted{}, notAsked(callStart)
	}
	user := s.User.Reveal()
	if user == "" || len(user) > maxIDBytes {
		return verification.FaceStarted{}, notAsked(callStart) // if the page were bound to no account, anyone who opens it could pass
	}
	a, failed := c.ask(ctx, question{
		call: callStart, method: http.MethodPut, path: "v1/face-sessions/" + s.AttemptID,
		body: startShape{shapeOf(s.Document), accountShape{s.User.Kind, user}, s.ReturnURL, s.PortraitToo},
	})
	if failed != nil {
		return verification.FaceStarted{}, failed
	}
	if a.status != http.StatusOK && a.status != http.StatusCreated {
		return verification.FaceStarted{}, rejected(callStart, a)
	}
	if a.text("attempt_id", attemptShape) != s.AttemptID {
		return verification.FaceStarted{}, disbelieved(callStart, codeOtherSubject, a)
	}
	page := a.object.Text("page_url")
	if !c.leadsToPage(page) {
		return verification.FaceStarted{}, disbelieved(callStart, codeBadPage, a)
	}
	return verification.FaceStarted{
		ProviderID: s.AttemptID,
		Call:       verification.FaceCall{Kind: "page", CertifyID: s.AttemptID, URL: page},
	}, nil
}

// leadsToPage reports whether a client may be sent to an address. It must have the
// gateway's scheme, and its host or one that the operator named.
func (c *Client) leadsToPage(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > maxPageBytes || u.User != nil || u.Opaque != "" {
		return false
	}
	return u.Scheme == c.line.Base.Scheme && slices.Contains(c.pageHosts, u.Host)
}
