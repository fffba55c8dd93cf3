package staff

import "slices"

// Member is a person who works at the authority, as the identity provider claimed at the sign-in.
type Member struct {
	ID      string // "stf_" and a keyed hash of issuer and subject: one account of the identity provider
	Name    string // as the provider shows it; personal, for pages of the console only
	Roles   []Role // without duplicates
	Office  string // id of the office for which the member works; "" = none
	Subject string // hex of the keyed hash under which the member's own document was first seen, which names the person; "" if the provider does not claim it
}

// Has reports whether the member has a role.
func (m Member) Has(r Role) bool { return slices.Contains(m.Roles, r) }

// HasAny reports whether the member has one of the roles.
func (m Member) HasAny(roles ...Role) bool { return slices.ContainsFunc(roles, m.Has) }

// MaxOffice is the longest id of an office, in ASCII characters.
const MaxOffice = 64

// IsOffice reports whether a text can be the id of an office: A-Z a-z 0-9 . _ - and at most MaxOffice of them.
func IsOffice(text string) bool {
	if text == "" || len(text) > MaxOffice {
		return false
	}
	for _, c := range []byte(text) {
		isWord := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !isWord && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}
