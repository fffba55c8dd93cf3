package bff

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
)

// call is what is known of one request while it runs. The guards fill it in;
// handlers read it. Used by one goroutine.
type call struct {
	id       string // request id
	language string
	started  time.Time
	session  session.Session // set by the session guard
	registry string          // set by the registry guard
	body     []byte          // as received
	key      string          // Idempotency-Key
	path     string          // as requested, for the idempotency hash
	head     bool            // a HEAD request: the answer is sent without its body
	route    string          // path template of the contract; "" if no route matched
	code     string          // of the problem that was answered
	cause    error           // of a 5xx, for the log alone
}

type callKey struct{}

// callOf gives the call of a request. One that did not come through the edge
// is a mistake of ours and gets an empty call.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{language: chinese}
}

// note remembers for the log which problem was answered.
func (c *call) note(p *problem) *problem {
	c.code = p.Code
	return p
}

// reads reports whether the caller can read an answer as one of their own. A
// registry's statement about a person is not that person's answer.
func (c *call) reads(answer todo.Confirmation) bool {
	grant := c.session.Grant
	return grant != nil && grant.SubjectID == answer.SubjectID && answer.Decision != todo.DecisionDoneAtWindow
}

// actor is the caller as verification knows one.
func (c *call) actor() verification.Actor {
	actor := verification.Actor{
		SessionID: c.session.ID, AccountID: c.session.Account.ID, Channel: string(c.session.Account.Channel),
		User: c.session.Account.User,
	}
	if g := c.session.Grant; g != nil {
		actor.GrantID, actor.GrantSubjectID, actor.GrantDocument = g.ID, g.SubjectID, g.Document
	}
	return actor
}

// viewer is the caller as todo knows one. The grant guard has seen the grant.
func (c *call) viewer() todo.Viewer {
	v := todo.Viewer{SessionID: c.session.ID, AccountID: c.session.Account.ID}
	if g := c.session.Grant; g != nil {
		v.GrantID, v.SubjectID, v.Name = g.ID, g.SubjectID, g.Document.Name
	}
	return v
}

// masked is a document as its owner may see it.
func masked(d identity.Document) maskedDocument {
	return maskedDocument{Type: string(d.Type), NumberMasked: d.Number.Masked(), NameMasked: d.Name.Masked()}
}
