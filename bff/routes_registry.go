package bff

import (
	"renzheng/bff/problem"
	"renzheng/todo"
)

func registryOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "pushCase", route: "PUT /registry/v1/cases/{case_id}", group: groupRegistry,
			summary:     "Push a revision of a case",
			description: "The same revision with the same content changes nothing; a lower one, or the same with other content, is a conflict. With a higher one, a signer whose content changed gets a new todo with a new window of seven days; given answers stay evidence of their revision.",
			guards:      []guard{g.registry}, bodyLimit: pushBytes, otherStatuses: []int{201},
			codes:   []string{todo.CodeContentInvalid, todo.CodeCaseRevisionConflict, todo.CodeCaseWithdrawn, problem.StateChanged},
			handler: handle(h.pushCase),
		},
		{
			id: "getCase", route: "GET /registry/v1/cases/{case_id}", group: groupRegistry,
			summary:     "A case as it stands",
			description: "With the newest todo of each signer.",
			guards:      []guard{g.registry},
			handler:     handle(h.getCase),
		},
		{
			id: "withdrawCase", route: "DELETE /registry/v1/cases/{case_id}", group: groupRegistry,
			summary:     "Withdraw a case",
			description: "For good. Open todos end; answers stay. Twice is no error.",
			guards:      []guard{g.registry}, status: 204,
			codes:   []string{problem.StateChanged},
			handler: handle(h.withdrawCase),
		},
		{
			id: "getEvidence", route: "GET /registry/v1/cases/{case_id}/signers/{signer_id}/evidence", group: groupRegistry,
			summary:     "What to file of an answer",
			description: "Portrait, handwriting, content as shown, and the salts behind the receipt. Each reading is audited; the portrait goes 30 days after the first.",
			guards:      []guard{g.registry},
			handler:     handle(h.getEvidence),
		},
		{
			id: "closeSigner", route: "POST /registry/v1/cases/{case_id}/signers/{signer_id}/close", group: groupRegistry,
			summary:     "Signer was served at the window",
			description: "The registry's own statement, sealed as such. Twice gives the same answer.",
			guards:      []guard{g.registry},
			codes:       []string{todo.CodeAlreadyAnswered, todo.CodeWithdrawn, problem.StateChanged},
			handler:     handle(h.closeSigner),
		},
		{
			id: "listFeed", route: "GET /registry/v1/events", group: groupRegistry,
			summary:     "Events after a position",
			description: "Everything that happened to this registry's cases, in order and without gaps; the same events are pushed to its call-back address.",
			guards:      []guard{g.registry},
			handler:     handle(h.listFeed),
		},
		{
			id: "redeliver", route: "POST /registry/v1/events/{id}/redeliver", group: groupRegistry,
			summary:     "Push an event again",
			description: "Whether it was delivered or given up.",
			guards:      []guard{g.registry}, status: 204,
			handler: handle(h.redeliver),
		},
	}
}
