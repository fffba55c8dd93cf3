package console

import (
	"html/template"
	"net/url"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// view is the data of every template. Its methods are the functions that a page can call.
type view struct {
	Data any

	call  *call
	name  string
	style string
}

func (c *call) view(name string, data any) *view {
	return &view{Data: data, call: c, name: name, style: c.console.pages.style}
}

// T returns a text in the language of the page.
func (v *view) T(key string, args ...any) string { return v.call.text(key, args...) }

// Has reports whether a text exists.
func (v *view) Has(key string) bool { return v.call.console.pages.texts.has(key) }

// Language returns the language of the page.
func (v *view) Language() string { return v.call.language }

// Style returns the address of the style sheet.
func (v *view) Style() string { return v.style }

// Script returns the address of the script of the pad.
func (v *view) Script() string { return v.call.console.pages.script }

// Page returns the name of the page, for the style sheet.
func (v *view) Page() string { return v.name }

// Title returns the page's own title.
func (v *view) Title() string {
	if titled, ok := v.Data.(interface{ PageTitle() string }); ok {
		return titled.PageTitle()
	}
	return v.T("title." + v.name)
}

// tableHead is the head of a table: its name, for screen readers, and the titles of its columns.
type tableHead struct {
	Label   string
	Columns []string
}

// Table returns the head of a table. columns are the keys of their titles.
func (v *view) Table(label string, columns ...string) tableHead {
	h := tableHead{Label: label}
	for _, key := range columns {
		h.Columns = append(h.Columns, v.T(key))
	}
	return h
}

// Authority returns the name of the authority.
func (v *view) Authority() string { return v.call.console.deps.Authority.For(v.call.language) }

// Sandbox reports whether the console runs with simulated third parties.
func (v *view) Sandbox() bool { return v.call.console.deps.Sandbox }

// SignedIn reports whether there is a session.
func (v *view) SignedIn() bool { return v.call.session.ID != "" }

// Member returns the member who is signed in.
func (v *view) Member() staff.Member { return v.call.member() }

// Roles returns the names of the member's roles.
func (v *view) Roles() string {
	var names []string
	for _, r := range v.call.member().Roles {
		names = append(names, r.Text().For(v.call.language))
	}
	return strings.Join(names, v.T("list.separator"))
}

// Role returns the name of a role.
func (v *view) Role(r staff.Role) string { return r.Text().For(v.call.language) }

// Purpose returns the name of a purpose.
func (v *view) Purpose(p staff.Purpose) string { return v.T("purpose." + string(p)) }

// Office returns the name of an office, or that of the authority if the id is "".
func (v *view) Office(id string) string {
	if id == "" {
		return v.Authority()
	}
	return v.call.console.deps.Offices.Name(id, v.call.language)
}

// FormToken returns the value of the hidden field form_token, which every form has.
func (v *view) FormToken() string { return v.call.formToken() }

// Here returns the address of the page, to which the choice of a language leads back; "/" for the answer to a form.
func (v *view) Here() string {
	if v.call.route.method != "GET" {
		return "/"
	}
	return v.call.request().URL.RequestURI()
}

// Notice returns the text of what the form before a redirect did, or "".
func (v *view) Notice() string {
	key := "done." + v.call.query("done")
	if !v.Has(key) {
		return ""
	}
	return v.T(key)
}

// NavItem is a link of the navigation.
type NavItem struct {
	ID, Path string
	Current  bool
}

// Nav returns the links to the pages that admit the member.
func (v *view) Nav() []NavItem {
	var items []NavItem
	for _, r := range v.call.console.routes {
		if r.nav && v.SignedIn() && r.admits(v.call.member()) {
			items = append(items, NavItem{r.id, r.path, r.id == v.call.route.id || r.path != "/" && strings.HasPrefix(v.call.request().URL.Path, r.path+"/")})
		}
	}
	return items
}

// Add returns a sum, for the numbers of rows.
func (v *view) Add(a, b int) int { return a + b }

// Age returns how long ago a time was: in whole minutes below an hour, in whole days from two days on, in whole hours between.
func (v *view) Age(since time.Time) string {
	const day = 24 * time.Hour
	age := v.call.console.deps.Clock().Sub(since)
	switch {
	case age >= 2*day:
		return v.T("age.days", int(age/day))
	case age >= 2*time.Hour:
		return v.T("age.hours", int(age/time.Hour))
	case age >= time.Hour:
		return v.T("age.hour")
	case age >= time.Minute && age < 2*time.Minute:
		return v.T("age.minute")
	}
	return v.T("age.minutes", int(age/time.Minute))
}

// Past reports whether a time is not in the future.
func (v *view) Past(t time.Time) bool { return !t.After(v.call.console.deps.Clock()) }

// Time returns a time in Beijing to the minute, as a time element, or a dash for the zero time.
func (v *view) Time(t time.Time) template.HTML {
	if t.IsZero() {
		return "—"
	}
	local := t.In(identity.Beijing())
	return template.HTML(`<time datetime="` + t.UTC().Format(time.RFC3339) + `">` + local.Format("2006-01-02 15:04") + `</time>`) //nolint:gosec // digits only
}

// Escape escapes a text for a segment of a path.
func (v *view) Escape(text string) string { return url.PathEscape(text) }
