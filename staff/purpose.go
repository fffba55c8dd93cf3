package staff

import "slices"

// Purpose is what a member reveals personal data for. The person sees it.
type Purpose string

// The purposes.
const (
	ForService    Purpose = "service"    // to serve the person at a window
	ForApproval   Purpose = "approval"   // to approve what another member did by hand
	ForDispute    Purpose = "dispute"    // to answer a dispute about what was done at a window
	ForAppeal     Purpose = "appeal"     // to decide an appeal of the person
	ForBar        Purpose = "bar"        // to decide whether the person is barred
	ForCorrection Purpose = "correction" // to answer a request for correction
	ForErasure    Purpose = "erasure"    // to answer a question about an erasure or a legal hold
	ForComplaint  Purpose = "complaint"  // to answer a complaint about a confirmation or an access
	ForSupport    Purpose = "support"    // to find out for technical support at which step the person is stuck
)

// Purposes returns all purposes.
func Purposes() []Purpose {
	return []Purpose{ForService, ForApproval, ForDispute, ForAppeal, ForBar, ForCorrection, ForErasure, ForComplaint, ForSupport}
}

// Purposes returns what a member of the role may name. An auditor reveals nothing; an operator sees steps, which are not personal data
// themselves.
func (r Role) Purposes() []Purpose {
	switch r {
	case Clerk:
		return []Purpose{ForService}
	case Supervisor:
		return []Purpose{ForApproval, ForDispute}
	case Reviewer:
		return []Purpose{ForAppeal, ForBar}
	case Officer:
		return []Purpose{ForCorrection, ForErasure, ForComplaint}
	case Operator:
		return []Purpose{ForSupport}
	case Auditor:
	}
	return nil
}

// RoleFor returns the role under which the member may reveal personal data for a purpose, and false if there is none.
func (m Member) RoleFor(p Purpose) (Role, bool) {
	for _, r := range Roles() {
		if m.Has(r) && slices.Contains(r.Purposes(), p) {
			return r, true
		}
	}
	return "", false
}
