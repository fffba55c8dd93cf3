package bff

import "github.com/danielgtaylor/huma/v2"

// introduction is the description of the whole contract.
const introduction = `A person proves their identity, reads what a company registration requires of them, and signs it. The registration authority receives signed answers.

**A person's client** opens a session, accepts the notices, passes a verification for ` + "`access`" + ` and accepts the captured picture. It can then read the person's todos for an hour. Each confirmation requires its own verification, for ` + "`confirm`" + `.

**A registry** pushes cases and reads events. Its requests are signed.

Bodies are JSON in UTF-8: a single document without repeated members, unknown members, null or fractions. Times are RFC 3339 in UTC. Ids are opaque. Values whose names end in ` + "`_masked`" + ` are for display only. Enumerations in answers are open: use ` + "`kind`" + ` if a value is unknown. Accept-Language selects zh-Hans (default), zh-Hant or en. HEAD is supported for every GET and does not count as showing or fetching the content.

A check that did not pass is an answer (200), not a problem. Problems are RFC 9457 documents: decide by ` + "`code`" + ` and quote the ` + "`request_id`" + ` to support. After 429 and 503, wait for the time in Retry-After.

Operations with an Idempotency-Key are executed once per key. If an answer was lost, repeat the request with the same key and the same body: the first answer is returned, marked by Idempotency-Replayed. Errors are not stored, so a rejected request can be repeated with the same key.`

// Groups of operations in the contract.
const (
	groupSession      = "session"
	groupNotice       = "notice"
	groupVerification = "verification"
	groupTodo         = "todo"
	groupRegistry     = "registry"
	groupRights       = "rights"
	groupAppeal       = "appeals"
	groupAppointment  = "appointments"
	groupSubscriber   = "subscribers"
	groupSupport      = "support"
	groupService      = "service"
)

func groups() []*huma.Tag {
	return []*huma.Tag{
		{Name: groupSession, Description: "Who is calling."},
		{Name: groupNotice, Description: "What a person is informed of and agrees to."},
		{Name: groupVerification, Description: "Proof of the person's identity."},
		{Name: groupTodo, Description: "What the person must answer, and the answers."},
		{Name: groupRegistry, Description: "For registration authorities' systems. Every request is signed."},
		{Name: groupRights, Description: "What is stored about the person, who looked at it, and its erasure."},
		{Name: groupAppeal, Description: "Appeals against failures that no retry mends: checklists, pictures and videos, questions, decisions."},
		{Name: groupAppointment, Description: "Appointments and queue numbers of the service window. They contain nothing personal."},
		{Name: groupSubscriber, Description: "Registered users, who sign in with their phone in a browser. These calls exist only where the operator has configured accounts."},
		{Name: groupSupport, Description: "Help, with or without a session."},
		{Name: groupService, Description: "For everybody."},
	}
}
