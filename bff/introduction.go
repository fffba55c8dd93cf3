package bff

import "github.com/danielgtaylor/huma/v2"

// introduction is the description of the whole contract.
const introduction = `A person proves who they are, sees what a company registration expects of them, and signs it; the registration authority gets signed answers back.

**A person's client** opens a session, accepts the notices, passes a verification for ` + "`access`" + ` and accepts the captured picture; for an hour it then sees the person's todos. Each answer needs a verification of its own, for ` + "`confirm`" + `.

**A registry** pushes cases and reads events; its requests are signed.

Bodies are JSON in UTF-8: one document, no repeated and no unknown members, no null, whole numbers. Times are RFC 3339 in UTC. Ids are opaque. Values that end in ` + "`_masked`" + ` are for showing only. Enumerations in answers are open: decide by ` + "`kind`" + ` where a value is not known. Accept-Language chooses between zh-Hans (default), zh-Hant and en. HEAD works wherever GET does, and counts as neither shown nor fetched.

A check that did not pass is an answer (200), no problem. Problems are RFC 9457 documents: decide by ` + "`code`" + `; tell support the ` + "`request_id`" + `. After 429 and 503 wait as long as Retry-After says.

Calls that take an Idempotency-Key are done once per key: repeat one whose answer was lost with the same key and the same body, and you get the first answer, marked by Idempotency-Replayed. Errors are not kept, so that they may be repeated too.`

// Groups of operations in the contract.
const (
	groupSession      = "session"
	groupNotice       = "notice"
	groupVerification = "verification"
	groupTodo         = "todo"
	groupRegistry     = "registry"
	groupSupport      = "support"
	groupService      = "service"
)

func groups() []*huma.Tag {
	return []*huma.Tag{
		{Name: groupSession, Description: "Who is calling."},
		{Name: groupNotice, Description: "What a person is told and agrees to."},
		{Name: groupVerification, Description: "Who the person is."},
		{Name: groupTodo, Description: "What the person has to answer, and the answers."},
		{Name: groupRegistry, Description: "For registration authorities' systems. Every request is signed."},
		{Name: groupSupport, Description: "Help for whoever is stuck, with a session or without."},
		{Name: groupService, Description: "For everybody."},
	}
}
