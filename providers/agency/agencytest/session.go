package agencytest

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/png"
	"time"
)

// session is one face check. The gateway's lock guards it.
type session struct {
	body                   string // of the request that began it
	person                 Person
	accountKind, accountID string
	portrait               bool
	returnURL              string
	token                  string // of the page
	state, reason          string
	liveness               string
	expires                time.Time
}

// Action is what a person does on the face page.
type Action string

// The actions.
const (
	Show  Action = "show"  // the right face, living
	Other Action = "other" // somebody else's, living
	Photo Action = "photo" // a picture held before the camera
	Leave Action = "leave"
)

// Errors of Act.
var (
	ErrNoAction     = errors.New("the page has no such button")
	ErrNoSession    = errors.New("there is no such session, or it has ended")
	ErrOtherAccount = errors.New("the session was begun for another account")
)

// Act does on the page of an attempt what a person would, in an account. A link
// handed to somebody else does not pass: another account is refused (R5).
func (g *Gateway) Act(attempt, accountID string, action Action) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.act(g.sessions[attempt], accountID, action)
}

func (g *Gateway) act(s *session, accountID string, action Action) error {
	switch {
	case s == nil || s.state != "pending" || !g.options.Clock().Before(s.expires):
		return ErrNoSession
	case accountID != s.accountID:
		return ErrOtherAccount
	}
	var reason string
	state, liveness := "failed", "passed"
	switch action {
	case Show:
		if reason = g.options.Fate(FaceStart, s.person).Reason; reason == "" {
			state = "passed"
		}
	case Other:
		reason = "face_differs"
	case Photo:
		reason, liveness = "liveness", "failed"
	case Leave:
		reason, liveness = "cancelled", ""
	default:
		return ErrNoAction
	}
	s.state, s.reason, s.liveness = state, reason, liveness
	return nil
}

// stands returns the answer to a query.
func (g *Gateway) stands(attempt string) (map[string]any, Person, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s, ok := g.sessions[attempt]
	if !ok {
		return nil, Person{}, false
	}
	if s.state == "pending" && !g.options.Clock().Before(s.expires) {
		s.state, s.reason = "failed", "expired"
	}
	body := map[string]any{
		"attempt_id": attempt, "state": s.state,
		"document": map[string]any{"type": s.person.Type, "number": s.person.Number, "name": s.person.Name},
		"account":  map[string]any{"kind": s.accountKind, "id": s.accountID},
	}
	if s.liveness != "" {
		body["liveness"] = s.liveness
	}
	if s.state == "failed" {
		body["reason"] = cmp.Or(s.reason, "unavailable")
	}
	if s.state == "passed" && s.portrait {
		body["portrait"] = base64.StdEncoding.EncodeToString(portrait())
	}
	return body, s.person, true
}

// portrait returns a PNG of a made-up face.
func portrait() []byte {
	const side, radius = 64, 24
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			dx, dy := x-side/2, y-side/2
			shade := color.RGBA{0xd8, 0xe4, 0xec, 0xff}
			if dx*dx+dy*dy < radius*radius {
				shade = color.RGBA{0xe8, 0xb8, 0x94, 0xff}
			}
			picture.Set(x, y, shade)
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, picture) // a buffer takes everything
	return out.Bytes()
}
