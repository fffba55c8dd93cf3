package idp

import (
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/staff"
)

// maxName is how many characters of a member's name are kept.
const maxName = 100

// identity reads the claims of a verified token.
func (c *Client) identity(token *oidc.IDToken) (staff.Identity, error) {
	var claims map[string]any
	if token.Claims(&claims) != nil {
		return staff.Identity{}, kit.Unreadable(name, callToken, http.StatusOK).With(staff.ErrRejected)
	}
	if azp, ok := claims["azp"]; ok && azp != c.config.ClientID || !ok && len(token.Audience) > 1 {
		return staff.Identity{}, rejected("azp_mismatch")
	}
	if !c.isRecent(claims["auth_time"]) {
		return staff.Identity{}, rejected("auth_time_invalid")
	}
	if !c.hasSecondFactor(claims) {
		return staff.Identity{}, kit.Rejected(name, callToken, "second_factor_missing", http.StatusOK).With(staff.ErrSecondFactor)
	}
	who := staff.Identity{
		Issuer: token.Issuer, Subject: token.Subject, SessionID: textOf(claims["sid"]), IssuedAt: token.IssuedAt,
		Name: c.nameOf(claims), Office: textOf(lookUp(claims, c.config.OfficeClaim)),
	}
	for _, value := range textsOf(lookUp(claims, c.config.RolesClaim)) {
		if role, ok := c.roles[value]; ok && !slices.Contains(who.Roles, role) {
			who.Roles = append(who.Roles, role)
		}
	}
	var err error
	if who.Document, err = c.documentOf(claims); err != nil {
		return staff.Identity{}, rejected("document_invalid")
	}
	if c.config.DocumentClaim != "" && who.Document == nil && slices.ContainsFunc(who.Roles, staff.Role.NeedsOffice) {
		return staff.Identity{}, rejected("document_missing")
	}
	return who, nil
}

// documentOf returns the member's own document; nil if there is no claim of it. A claim that cannot be read is an error: nobody
// could tell whether a case is the member's own.
func (c *Client) documentOf(claims map[string]any) (*staff.OwnDocument, error) {
	value := lookUp(claims, c.config.DocumentClaim)
	if value == nil || value == "" {
		return nil, nil //nolint:nilnil // no claim is no error
	}
	number, err := identity.ParseNumber(identity.ResidentID, textOf(value))
	if err != nil {
		return nil, err
	}
	return &staff.OwnDocument{Type: identity.ResidentID, Number: number}, nil
}

// isRecent reports whether the member was there when the sign-in began, as max_age asks: an idle time would be worth nothing
// if the provider's own session opened another one for a person who finds the desk empty.
// Source: OpenID Connect Core 1.0, 3.1.2.1 and 2, which demands the claim auth_time of a provider that was sent max_age.
func (c *Client) isRecent(authTime any) bool {
	const signingIn = 2 * time.Minute // from the provider's check to ours, and between the clocks
	seconds, ok := authTime.(float64)
	return c.config.MaxAge == 0 || ok && c.config.Clock().Sub(time.Unix(int64(seconds), 0)) <= c.config.MaxAge+signingIn
}

func (c *Client) hasSecondFactor(claims map[string]any) bool {
	if slices.Contains(c.config.ACR, textOf(claims["acr"])) {
		return true
	}
	return slices.ContainsFunc(textsOf(claims["amr"]), func(method string) bool { return slices.Contains(c.config.AMR, method) })
}

// nameOf returns the name that the console shows, which is never empty.
func (c *Client) nameOf(claims map[string]any) string {
	for _, claim := range []string{c.config.NameClaim, "name", "preferred_username"} {
		text := textOf(lookUp(claims, claim))
		if text != "" && identity.PlainText(text, maxName) == nil && utf8.ValidString(text) {
			return text
		}
	}
	return "—"
}

// lookUp returns a claim by its name, or by the names of nested claims separated by dots.
func lookUp(claims map[string]any, path string) any {
	if value, ok := claims[path]; ok {
		return value
	}
	first, rest, nested := strings.Cut(path, ".")
	inner, ok := claims[first].(map[string]any)
	if !nested || !ok {
		return nil
	}
	return lookUp(inner, rest)
}

func textOf(value any) string {
	text, _ := value.(string)
	return text
}

// textsOf returns the texts of a list. A single text is a list of one.
func textsOf(value any) []string {
	if text, ok := value.(string); ok {
		return []string{text}
	}
	list, _ := value.([]any)
	var texts []string
	for _, one := range list {
		if text, ok := one.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
