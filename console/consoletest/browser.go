package consoletest

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Browser is a browser of one member. It keeps cookies and sends what browsers send with forms. Not for concurrent use.
type Browser struct {
	t        *testing.T
	home     string
	cookies  map[string]map[string]string // by origin and name
	client   *http.Client
	language string
}

// Browser returns a new browser, which nobody has signed in with.
func (f *Fixture) Browser(t *testing.T) *Browser {
	t.Helper()
	return NewBrowser(t, f.URL)
}

// NewBrowser is [Fixture.Browser] for a console elsewhere.
func NewBrowser(t *testing.T, home string) *Browser {
	t.Helper()
	return &Browser{
		t: t, home: home, cookies: map[string]map[string]string{}, language: "en",
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}

// SignedIn returns a browser in which a sample member has signed in; see harness.Staff.
func (f *Fixture) SignedIn(t *testing.T, member string) *Browser {
	t.Helper()
	b := f.Browser(t)
	if page := b.SignIn(member); page.Status != http.StatusOK || !strings.Contains(page.Body, "/sign-out") {
		t.Fatalf("signing in as %s: status %d: %s", member, page.Status, page.Text())
	}
	return b
}

// SignIn signs in by the pages and returns the page where it ends.
func (b *Browser) SignIn(member string) *Page {
	b.t.Helper()
	return b.Open("/sign-in").Follow("/sign-in/begin").Submit("authorize", url.Values{"factor": {"yes"}, "member": {member}})
}

// Open opens a page of the console, or an absolute address.
func (b *Browser) Open(address string) *Page {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.home + address
	}
	return b.send(http.MethodGet, address, nil, "none")
}

// Linked opens a page of the console as a link on another site does, with the cookies.
func (b *Browser) Linked(path string) *Page {
	b.t.Helper()
	return b.send(http.MethodGet, b.home+path, nil, "cross-site")
}

// Post sends a form that no page made, with the headers of a form of this console.
func (b *Browser) Post(path string, form url.Values) *Page {
	b.t.Helper()
	return b.send(http.MethodPost, b.home+path, form, "same-origin")
}

// Cookie returns a cookie of the console, or "".
func (b *Browser) Cookie(name string) string { return b.cookies[b.home][name] }

// SetCookie replaces a cookie of the console.
func (b *Browser) SetCookie(name, value string) {
	if b.cookies[b.home] == nil {
		b.cookies[b.home] = map[string]string{}
	}
	b.cookies[b.home][name] = value
}

const maxRedirects = 10

func (b *Browser) send(method, address string, form url.Values, site string) *Page {
	b.t.Helper()
	for range maxRedirects {
		page := b.exchange(method, address, form, site)
		to := page.Header.Get("Location")
		if to == "" {
			return page
		}
		next, err := page.url.Parse(to)
		if err != nil {
			b.t.Fatal(err)
		}
		method, address, form = http.MethodGet, next.String(), nil
	}
	b.t.Fatal("too many redirects")
	return nil
}

func (b *Browser) exchange(method, address string, form url.Values, site string) *Page {
	b.t.Helper()
	if form == nil {
		return b.request(method, address, http.NoBody, "", site)
	}
	return b.request(method, address, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded", site)
}

// request sends one request. One with a kind of content is a form.
func (b *Browser) request(method, address string, body io.Reader, kind, site string) *Page {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, address, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", b.language)
	r.Header.Set("Sec-Fetch-Site", site)
	origin := r.URL.Scheme + "://" + r.URL.Host
	if kind != "" {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", origin)
	}
	for name, value := range b.cookies[origin] {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	content, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		b.t.Fatal(err)
	}
	b.keep(origin, answer.Cookies())
	page := &Page{browser: b, url: r.URL, Path: r.URL.Path, Status: answer.StatusCode, Header: answer.Header, Body: string(content)}
	if page.tree, err = html.Parse(strings.NewReader(page.Body)); err != nil {
		b.t.Fatal(err)
	}
	if at := strings.Index(page.Body, "⟦"); at >= 0 {
		b.t.Errorf("%s %s has a text that is not defined: %.60s", method, r.URL.Path, page.Body[at:])
	}
	b.keepPage(r, page)
	return page
}

func (b *Browser) keep(origin string, cookies []*http.Cookie) {
	if b.cookies[origin] == nil {
		b.cookies[origin] = map[string]string{}
	}
	for _, c := range cookies {
		if b.cookies[origin][c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies[origin], c.Name)
		}
	}
}
