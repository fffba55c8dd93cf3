package staff

import "slices"

// Role is what a member may do.
type Role string

// The roles.
const (
	Clerk      Role = "clerk"      // serves persons at a window
	Supervisor Role = "supervisor" // approves what clerks did by hand
	Reviewer   Role = "reviewer"   // decides appeals
	Operator   Role = "operator"   // runs the service; sees no personal data
	Officer    Role = "officer"    // protects personal data: corrections, erasures, legal holds
	Auditor    Role = "auditor"    // checks who revealed what
)

// Roles returns all roles.
func Roles() []Role { return []Role{Clerk, Supervisor, Reviewer, Operator, Officer, Auditor} }

// ParseRole returns the role of a word, and false if there is none.
func ParseRole(word string) (Role, bool) {
	r := Role(word)
	return r, slices.Contains(Roles(), r)
}

// NeedsOffice reports whether a member of the role must work for an office.
func (r Role) NeedsOffice() bool { return r == Clerk || r == Supervisor || r == Reviewer }
