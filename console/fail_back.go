package console

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// pageLink is a link to a page of the console.
type pageLink struct{ Path, Text string }

// signInErrors are the errors after which a member signs in again.
func signInErrors() []string {
	return []string{"error.sign_in_cookie", "error.sign_in_rejected", "error.second_factor", "error.no_role", "error.no_office", "error.signed_out_meanwhile", "error.provider_unavailable"}
}

// waysBack returns the pages to which an error leads: the record that the request was about, unless it was not found, and the list that has
// it. Members are led only where they may go.
func (c *call) waysBack(shown failure) []pageLink {
	if slices.Contains(signInErrors(), shown.text) {
		return []pageLink{{"/sign-in", c.text("error.sign_in_again")}}
	}
	path := c.request().URL.Path
	var record, list pageLink
	for _, r := range c.console.routes {
		if r.method != http.MethodGet || r.open || !r.admits(c.member()) || c.session.ID == "" {
			continue
		}
		if r.nav && r.path != "/" && (path == r.path || strings.HasPrefix(path, r.path+"/")) {
			list = pageLink{r.path, c.backText(r.id, "error.back_list", c.text("nav."+r.id))}
		}
		before, ok := strings.CutSuffix(r.path, ":id")
		if ok && c.pathID() != "" && shown.status != http.StatusNotFound && strings.HasPrefix(c.route.path, r.path+"/") {
			record = pageLink{before + url.PathEscape(c.pathID()), c.backText(r.id, "error.back_record")}
		}
	}
	return slices.DeleteFunc([]pageLink{record, list}, func(l pageLink) bool { return l.Path == "" })
}

// backText returns the words of a link back to a page: its own, or those that every page has.
func (c *call) backText(routeID, key string, args ...any) string {
	if own := routeID + ".back"; c.console.pages.texts.has(own) {
		return c.text(own)
	}
	return c.text(key, args...)
}
