package bff

import (
	"context"
	"net/netip"
	"time"

	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
)

// call is the state of one request. The edge creates it, the guards fill it in and
// the handlers read it. It is used by one goroutine.
type call struct {
	id        string // request id
	language  string
	started   time.Time
	operation string          // operation id; "" before the guards
	session   session.Session // set by the session guard
	registry  string          // set by the registry guard
	body      []byte          // as received
	key       string          // Idempotency-Key
	path      string          // as requested; part of the idempotency hash
	network   netip.Addr      // of the client: its address, or the first one of its network
	head      bool            // a HEAD request: the answer is sent without its body
	route     string          // path template of the contract; "" if no route matched
	code      string          // of the problem document that answers the request
	cause     error           // of a 5xx, or of what an answer leaves out; for the log only

	verification string // id of the one that the answer is about; "" if none was found
	attempt      string // likewise
	failure      string // code of the failure that the answer explains
	keyID        string // with a rejected request of a registry: the configured key that it named
	rule         string // with a rejected request of a registry: the rule that it broke
}

type callKey struct{}

// callOf returns the call of a request. It returns an empty call for a request
// that did not pass the edge, which is a mistake of ours.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{language: chinese}
}

// mayRead reports whether an answer is the caller's own. A registry's statement
// about a person is not that person's answer.
func (c *call) mayRead(answer todo.Confirmation) bool {
	grant := c.session.Grant
	return grant != nil && grant.SubjectID == answer.SubjectID && answer.Decision != todo.DecisionDoneAtWindow
}

// actor returns the caller of the rules of verification.
func (c *call) actor() verification.Actor {
	actor := verification.Actor{
		SessionID: c.session.ID, AccountID: c.session.Account.ID, Channel: string(c.session.Account.Channel),
	}
	if g := c.session.Grant; g != nil {
		actor.GrantID, actor.GrantSubjectID, actor.GrantDocument = g.ID, g.SubjectID, g.Document
	}
	return actor
}

// viewer returns the caller of the rules of todo. The access guard has checked the
// grant.
func (c *call) viewer() todo.Viewer {
	v := todo.Viewer{SessionID: c.session.ID, AccountID: c.session.Account.ID}
	if g := c.session.Grant; g != nil {
		v.GrantID, v.SubjectID, v.Name = g.ID, g.SubjectID, g.Document.Name
	}
	return v
}
