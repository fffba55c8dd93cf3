package agencytest

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"regexp"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/strictjson"
)

var (
	attemptShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	nationShape  = regexp.MustCompile(`^[A-Z]{3}$`)
)

// check is a document check that was made.
type check struct {
	body   string // of the request, to know it again
	result string
}

// requestShape is the body of either PUT.
type requestShape struct {
	Document struct {
		Type        string `json:"type"`
		Number      string `json:"number"`
		Name        string `json:"name"`
		ValidFrom   string `json:"valid_from"`
		ValidUntil  string `json:"valid_until"`
		LongTerm    bool   `json:"long_term"`
		Nationality string `json:"nationality"`
		BirthDate   string `json:"birth_date"`
	} `json:"document"`
	Account *struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
	} `json:"account"`
	ReturnURL string `json:"return_url"`
	Portrait  *bool  `json:"portrait"`
}

// readRequest reads a body as strictly as the contract allows; false where it
// breaks it.
func readRequest(body []byte) (requestShape, bool) {
	var shape requestShape
	if strictjson.Decode(body, &shape) != nil {
		return shape, false
	}
	return shape, shape.documentFits()
}

func (s requestShape) documentFits() bool {
	d := s.Document
	document, err := identity.ParseDocument(identity.DocumentType(d.Type), d.Number, d.Name)
	if err != nil || document.Number.Reveal() != d.Number || document.Name.Reveal() != d.Name {
		return false
	}
	for _, date := range []string{d.ValidFrom, d.ValidUntil, d.BirthDate} {
		if _, err := identity.ParseDate(date); date != "" && err != nil {
			return false
		}
	}
	return (d.Nationality == "" || nationShape.MatchString(d.Nationality)) && (!d.LongTerm || d.ValidUntil == "")
}

func (s requestShape) person() Person {
	d := s.Document
	return Person{d.Type, d.Number, d.Name, d.ValidFrom, d.ValidUntil, d.LongTerm, d.Nationality, d.BirthDate}
}

func (g *Gateway) serveDocument(w http.ResponseWriter, r *http.Request) {
	body, refused := g.admit(w, r)
	if refused != nil {
		g.answer(w, r, *refused)
		return
	}
	attempt := r.PathValue("attempt")
	shape, fits := readRequest(body)
	if !fits || !attemptShape.MatchString(attempt) || shape.Account != nil {
		g.answer(w, r, refusal(http.StatusUnprocessableEntity, "request_invalid"))
		return
	}
	fate := g.options.Fate(DocumentCheck, shape.person())
	if fate.Refusal != "" {
		a := refusal(http.StatusUnprocessableEntity, fate.Refusal)
		a.fate, a.call = fate, DocumentCheck
		g.answer(w, r, a)
		return
	}
	made, same := g.decide(attempt, check{string(body), cmp.Or(fate.Document, "match")})
	if !same {
		g.answer(w, r, refusal(http.StatusConflict, "conflict"))
		return
	}
	a := spoken{http.StatusOK, map[string]any{"attempt_id": attempt, "result": made.result}, fate, DocumentCheck}
	falsify(fate.Breach, a.body)
	g.answer(w, r, a)
}

// decide returns what was decided for an attempt the first time; false where it
// was asked something else then.
func (g *Gateway) decide(attempt string, c check) (check, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if before, ok := g.checks[attempt]; ok {
		return before, before.body == c.body
	}
	if c.result != "unavailable" { // it may be asked again, and is then decided
		g.checks[attempt] = c
	}
	return c, true
}

func (g *Gateway) serveStart(w http.ResponseWriter, r *http.Request) {
	body, refused := g.admit(w, r)
	if refused != nil {
		g.answer(w, r, *refused)
		return
	}
	attempt := r.PathValue("attempt")
	shape, fits := readRequest(body)
	if !fits || !attemptShape.MatchString(attempt) || shape.Portrait == nil || !shape.accountFits() {
		g.answer(w, r, refusal(http.StatusUnprocessableEntity, "request_invalid"))
		return
	}
	fate := g.options.Fate(FaceStart, shape.person())
	if fate.Refusal != "" {
		a := refusal(http.StatusUnprocessableEntity, fate.Refusal)
		a.fate, a.call = fate, FaceStart
		g.answer(w, r, a)
		return
	}
	s, same := g.begin(attempt, string(body), shape)
	if !same {
		g.answer(w, r, refusal(http.StatusConflict, "conflict"))
		return
	}
	a := spoken{http.StatusOK, map[string]any{
		"attempt_id": attempt, "page_url": g.pageBase(r) + "/face/" + s.token, "expires_at": s.expires.UTC().Format(time.RFC3339),
	}, fate, FaceStart}
	falsify(fate.Breach, a.body)
	g.answer(w, r, a)
}

func (s requestShape) accountFits() bool {
	return s.Account != nil && slices.Contains([]string{"open_id", "user_id", "subscriber_id"}, s.Account.Kind) && s.Account.ID != ""
}

func (g *Gateway) pageBase(r *http.Request) string {
	return cmp.Or(g.options.PageBase, "http://"+r.Host)
}

// begin returns the session of an attempt, new or as it was; false where it was
// begun with something else.
func (g *Gateway) begin(attempt, body string, shape requestShape) (*session, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if before, ok := g.sessions[attempt]; ok {
		return before, before.body == body
	}
	s := &session{
		body: body, person: shape.person(), accountKind: shape.Account.Kind, accountID: shape.Account.ID,
		portrait: *shape.Portrait, returnURL: shape.ReturnURL, token: rand.Text(), state: "pending",
		expires: g.options.Clock().Add(sessionTime),
	}
	g.sessions[attempt] = s
	return s, true
}

func (g *Gateway) serveQuery(w http.ResponseWriter, r *http.Request) {
	if _, refused := g.admit(w, r); refused != nil {
		g.answer(w, r, *refused)
		return
	}
	attempt := r.PathValue("attempt")
	body, person, ok := g.stands(attempt)
	if !ok {
		g.answer(w, r, refusal(http.StatusNotFound, "not_found"))
		return
	}
	fate := g.options.Fate(FaceQuery, person)
	a := spoken{http.StatusOK, body, fate, FaceQuery}
	if fate.Refusal != "" {
		a = refusal(http.StatusUnprocessableEntity, fate.Refusal)
		a.fate, a.call = fate, FaceQuery
	} else if fate.Faceless {
		delete(a.body, "portrait")
	}
	falsify(fate.Breach, a.body)
	g.answer(w, r, a)
}
