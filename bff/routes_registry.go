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
			description: "The same revision with the same content changes nothing. A lower revision, or the same one with other content, is a conflict. With a higher revision, each signer whose content changed gets a new todo that is open for seven days. Earlier answers remain evidence of their revision.",
			guards:      []guard{g.registry}, bodyLimit: pushBytes, otherStatuses: []int{201},
			codes:   []string{todo.CodeContentInvalid, todo.CodeCaseRevisionConflict, todo.CodeCaseWithdrawn, todo.CodeCaseErased, problem.StateChanged},
			handler: handle(h.pushCase),
		},
		{
			id: "getCase", route: "GET /registry/v1/cases/{case_id}", group: groupRegistry,
			summary:     "Read a case",
			description: "Returns the case with the newest todo of each signer.",
			guards:      []guard{g.registry},
			codes:       []string{todo.CodeCaseErased},
			handler:     handle(h.getCase),
		},
		{
			id: "listCases", route: "GET /registry/v1/cases", group: groupRegistry,
			summary:     "List cases",
			description: "Returns the registry's own cases in the order in which their current revisions were received. A case that is revised while the list is read appears again at the end.",
			guards:      []guard{g.registry},
			handler:     handle(h.listCases),
		},
		{
			id: "withdrawCase", route: "DELETE /registry/v1/cases/{case_id}", group: groupRegistry,
			summary:     "Withdraw a case",
			description: "Permanent. Open todos end and answers remain. Idempotent.",
			guards:      []guard{g.registry}, status: 204,
			codes:   []string{todo.CodeCaseErased, problem.StateChanged},
			handler: handle(h.withdrawCase),
		},
		{
			id: "getEvidence", route: "GET /registry/v1/cases/{case_id}/signers/{signer_id}/evidence", group: groupRegistry,
			summary:     "Read the evidence of an answer",
			description: "Returns the portrait, the handwriting or the scanned pages of a signed paper, the content as shown and the salts of the receipt. Each read is audited. The portrait is deleted 30 days after the first one. Once the content is erased, the problem evidence_erased has the receipt, which still verifies.",
			guards:      []guard{g.registry},
			codes:       []string{todo.CodeEvidenceErased},
			handler:     handle(h.getEvidence),
		},
		{
			id: "closeSigner", route: "POST /registry/v1/cases/{case_id}/signers/{signer_id}/close", group: groupRegistry,
			summary:     "Record that a signer was served at the window",
			description: "Records the registry's own statement, which is sealed as such. Idempotent: a repetition returns the same answer.",
			guards:      []guard{g.registry},
			codes:       []string{todo.CodeAlreadyAnswered, todo.CodeWithdrawn, todo.CodeCaseErased, problem.StateChanged},
			handler:     handle(h.closeSigner),
		},
		{
			id: "inviteSigner", route: "POST /registry/v1/cases/{case_id}/signers/{signer_id}/invitation", group: groupRegistry,
			summary:     "Invite a signer",
			description: "Makes a link, a QR code and a short code that lead to the signer's open todo. They reveal nothing to anyone who has not been verified as that signer. They are shown once; a new invitation ends the earlier one of the same todo, and the end of the todo ends it as well.",
			guards:      []guard{g.registry}, status: 201,
			codes:   []string{todo.CodeAlreadyAnswered, todo.CodeExpired, todo.CodeWithdrawn, todo.CodeCaseErased, problem.StateChanged},
			handler: handle(h.inviteSigner),
		},
		{
			id: "listFeed", route: "GET /registry/v1/events", group: groupRegistry,
			summary:     "List events after a position",
			description: "Returns what happened to this registry's cases, in order and without gaps, except events that it received longer ago than the operator keeps them (180 days by default). The same events are pushed to the registry's callback address.",
			guards:      []guard{g.registry},
			handler:     handle(h.listFeed),
		},
		{
			id: "redeliver", route: "POST /registry/v1/events/{id}/redeliver", group: groupRegistry,
			summary:     "Push an event again",
			description: "Works for delivered and abandoned events.",
			guards:      []guard{g.registry}, status: 204,
			handler: handle(h.redeliver),
		},
	}
}
