package consoletest

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Page is what a browser shows.
type Page struct {
	Path   string
	Status int
	Header http.Header
	Body   string

	browser *Browser
	url     *url.URL
	tree    *html.Node
}

// Text returns the text of the page without its markup, words separated by one space.
func (p *Page) Text() string {
	var words []string
	for node := range p.tree.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "style" {
			words = append(words, strings.Fields(node.Data)...)
		}
	}
	return strings.Join(words, " ")
}

// Want fails unless the page answers with a status and shows every one of some texts.
func (p *Page) Want(status int, texts ...string) *Page {
	p.browser.t.Helper()
	if p.Status != status {
		p.browser.t.Fatalf("%s: got status %d, want %d: %s", p.Path, p.Status, status, p.Text())
	}
	shown := p.Text()
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			p.browser.t.Errorf("%s does not show %q: %s", p.Path, text, shown)
		}
	}
	return p
}

// WantNot fails if the page has one of some texts anywhere, markup included.
func (p *Page) WantNot(texts ...string) *Page {
	p.browser.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.Body, text) {
			p.browser.t.Errorf("%s has %q", p.Path, text)
		}
	}
	return p
}

// Links returns the addresses of all links.
func (p *Page) Links() []string {
	var all []string
	for node := range p.tree.Descendants() {
		if node.Data == "a" && attribute(node, "href") != "" {
			all = append(all, attribute(node, "href"))
		}
	}
	return all
}

// Follow opens the first link whose address begins so.
func (p *Page) Follow(prefix string) *Page {
	p.browser.t.Helper()
	for _, href := range p.Links() {
		if strings.HasPrefix(href, prefix) {
			to, err := p.url.Parse(href)
			if err != nil {
				p.browser.t.Fatal(err)
			}
			return p.browser.send(http.MethodGet, to.String(), nil, "same-origin")
		}
	}
	p.browser.t.Fatalf("%s has no link %s, but %v: %s", p.Path, prefix, p.Links(), p.Text())
	return nil
}

// Submit sends the first form whose action begins so, with its own fields and those given, which also choose its button.
func (p *Page) Submit(action string, values url.Values) *Page {
	p.browser.t.Helper()
	to, fields := p.filled(action, values)
	form := p.form(action)
	switch {
	case attribute(form, "enctype") == "multipart/form-data":
		return p.browser.sendFiles(to.String(), fields, nil)
	case strings.EqualFold(attribute(form, "method"), http.MethodPost):
		return p.browser.send(http.MethodPost, to.String(), fields, "same-origin")
	}
	to.RawQuery = fields.Encode()
	return p.browser.send(http.MethodGet, to.String(), nil, "same-origin")
}

// filled returns where a form of the page is sent and what it sends.
func (p *Page) filled(action string, values url.Values) (*url.URL, url.Values) {
	p.browser.t.Helper()
	form := p.form(action)
	if form == nil {
		p.browser.t.Fatalf("%s has no form %s: %s", p.Path, action, p.Text())
	}
	fields := fieldsOf(form)
	maps.Copy(fields, values)
	to, err := p.url.Parse(attribute(form, "action"))
	if err != nil {
		p.browser.t.Fatal(err)
	}
	return to, fields
}

// Field returns what a form of the page has in a field without anybody's input; "" if no form has the field.
func (p *Page) Field(name string) string {
	for node := range p.tree.Descendants() {
		if node.Data == "form" && fieldsOf(node).Has(name) {
			return fieldsOf(node).Get(name)
		}
	}
	return ""
}

// HasForm reports whether the page has a form whose action begins so.
func (p *Page) HasForm(action string) bool { return p.form(action) != nil }

func (p *Page) form(action string) *html.Node {
	for node := range p.tree.Descendants() {
		if node.Data == "form" && strings.HasPrefix(attribute(node, "action"), action) {
			return node
		}
	}
	return nil
}

// fieldsOf returns what a form sends without anybody's input.
func fieldsOf(form *html.Node) url.Values {
	fields := url.Values{}
	for node := range form.Descendants() {
		name := attribute(node, "name")
		switch {
		case name == "":
		case node.Data == "textarea":
			if node.FirstChild != nil {
				fields.Add(name, node.FirstChild.Data)
			}
		case node.Data == "select":
			fields.Add(name, chosen(node))
		case node.Data == "input" && attribute(node, "type") == "file":
		case node.Data == "input" && (attribute(node, "type") != "checkbox" && attribute(node, "type") != "radio" || has(node, "checked")):
			fields.Add(name, attribute(node, "value"))
		}
	}
	return fields
}

func chosen(list *html.Node) string {
	first, value := true, ""
	for node := range list.Descendants() {
		if node.Data == "option" && (first || has(node, "selected")) {
			first, value = false, attribute(node, "value")
		}
	}
	return value
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
