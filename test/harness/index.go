package harness

import (
	_ "embed"
	"html/template"
	"net/http"

	"renzheng/test/people"
)

//go:embed index.html
var indexText string

//go:embed style.html
var styleText string

//go:embed person.html
var personText string

var indexTemplate = page("index", indexText) //nolint:gochecknoglobals // parsed once, never changed

// page parses a page of the sandbox, with the common style and the card of a person.
func page(name, text string) *template.Template {
	t := template.Must(template.New("style").Parse(styleText))
	t = template.Must(t.New("person").Parse(personText))
	return template.Must(t.New(name).Parse(text))
}

// indexPage is the data of the template.
type indexPage struct {
	API, Sandbox, Registry string
	Console                string          // "" = it is off
	Client                 bool            // the API serves the client
	Now                    string          // of the sandbox
	Adopter                string          // see adopter
	People                 []people.Person // of every fate
	Holders                []people.Person // of every document, who pass
	Pushed                 []pushedCase
}

func (s *Sandbox) serveIndex(out http.ResponseWriter, _ *http.Request) {
	header := out.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
	now := s.clock.now()
	_ = indexTemplate.Execute(out, indexPage{ // the client may have left
		API: s.API, Console: s.Console, Sandbox: s.URL, Registry: RegistryName, Client: s.Settings["BFF_WEB_FOLDER"] != "",
		Now: now.Format("2006-01-02 15:04"), Adopter: s.adopter.account(),
		People: people.Listed(now), Holders: people.Holders(now),
		Pushed: s.pushedCases(),
	})
}
