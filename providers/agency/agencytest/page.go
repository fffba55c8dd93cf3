package agencytest

import (
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"unicode/utf8"

	"renzheng/providers/fakes"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText)) //nolint:gochecknoglobals // parsed once, never changed

// page is what the template shows.
type page struct {
	Name      string // masked but for the last character
	Account   string // whose phone it is, to begin with
	ReturnURL string
	Done      bool
	Problem   string
}

// servePage shows the face page to anyone who opens the link.
func (g *Gateway) servePage(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	s := g.byToken(r.PathValue("token"))
	shown := page{Problem: "没有这次核验 · no such check"}
	status := http.StatusNotFound
	if s != nil {
		status = http.StatusOK
		shown = page{Name: masked(s.person.Name), Account: s.accountID, Done: s.state != "pending", ReturnURL: s.returnURL}
	}
	g.mu.Unlock()
	show(w, status, shown)
}

// serveFace takes what the person did.
func (g *Gateway) serveFace(w http.ResponseWriter, r *http.Request) {
	action := Action(r.PostFormValue("action"))
	g.mu.Lock()
	s := g.byToken(r.PathValue("token"))
	err := g.act(s, r.PostFormValue("account"), action)
	shown := page{Done: true}
	if s != nil {
		shown.ReturnURL = s.returnURL
	}
	g.mu.Unlock()
	switch {
	case err == nil:
		show(w, http.StatusOK, shown)
	case errors.Is(err, ErrOtherAccount):
		show(w, http.StatusForbidden, page{Problem: "不是发起核验的账号 · begun for another account"})
	default:
		show(w, http.StatusNotFound, page{Problem: "核验已结束或不存在 · no such check, or it has ended"})
	}
}

func (g *Gateway) byToken(token string) *session {
	for _, s := range g.sessions {
		if s.token == token {
			return s
		}
	}
	return nil
}

func masked(name string) string {
	last, _ := utf8.DecodeLastRuneInString(name)
	return strings.Repeat("*", utf8.RuneCountInString(name)-1) + string(last)
}

func show(w http.ResponseWriter, status int, p page) { fakes.ShowPage(w, status, pageTemplate, p) }
