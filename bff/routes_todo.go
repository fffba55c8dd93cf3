package bff

import (
	"renzheng/bff/problem"
	"renzheng/todo"
)

func todoOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "listTodos", route: "GET /v1/todos", group: groupTodo,
			summary:     "List the todos of the last seven days",
			description: "Returns todos in every state except superseded. If the registry has the document under another name, only that fact is returned.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listTodos),
		},
		{
			id: "getTodo", route: "GET /v1/todos/{id}", group: groupTodo,
			summary:     "Read a todo",
			description: "Returns everything that is shown and digested. A todo must be read in this session before it can be confirmed.",
			guards:      []guard{g.session, g.access},
			codes:       []string{todo.CodeNameDiffers},
			handler:     handle(h.getTodo),
		},
		{
			id: "confirmTodo", route: "POST /v1/todos/{id}/confirmation", group: groupTodo,
			summary:     "Confirm and sign a todo",
			description: "Consumes the verification and seals the answer, at most once per revision. A repetition with the same key and body returns the same answer." + "\n\n" + strokesForm,
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			codes:   append(answerCodes(), todo.CodeVerificationNotUsable, todo.CodeVerificationConsumed, todo.CodeStrokesInvalid, todo.CodeStrokesReused),
			handler: handle(h.confirmTodo),
		},
		{
			id: "refuseTodo", route: "POST /v1/todos/{id}/refusal", group: groupTodo,
			summary:     "Decline a todo",
			description: "Final for this revision. Requires neither a second face check nor a signature.",
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			codes:   append(answerCodes(), todo.CodeReasonInvalid),
			handler: handle(h.refuseTodo),
		},
		{
			id: "openInvitation", route: "POST /v1/invitations", group: groupTodo,
			summary:     "Find the todo of an invitation",
			description: "Returns the id of the open todo that the registry's link or code leads to, if the person whom this session may see is its signer. Every other code is `not_found`, for the same reason: it may be unknown, ended, or another person's. An account may try 20 such codes in an hour. It uses no invitation up, and may be repeated.",
			guards:      []guard{g.session, g.access}, bodyLimit: formBytes,
			codes:   []string{problem.NotFound},
			handler: handle(h.openInvitation),
		},
		{
			id: "listConfirmations", route: "GET /v1/confirmations", group: groupTodo,
			summary:     "List my confirmations",
			description: "Returns the person's own answers, newest first.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listConfirmations),
		},
		{
			id: "listSessionConfirmations", route: "GET /v1/session/confirmations", group: groupTodo,
			summary:     "List the answers of this session",
			description: "Returns the answers that this session itself gave, newest first and masked, for as long as the session lives and without an access grant, if the policy allows it (`answers_listed` of the session). Otherwise `access_required`. This ends early if the access is ended before it expires, or when a verification of another person begins in the session.",
			guards:      []guard{g.session},
			codes:       []string{problem.AccessRequired},
			handler:     handle(h.listSessionConfirmations),
		},
		{
			id: "getConfirmation", route: "GET /v1/confirmations/{id}", group: groupTodo,
			summary:     "Read a confirmation",
			description: "Returns one of the person's own answers.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getConfirmation),
		},
		{
			id: "getReceipt", route: "GET /v1/confirmations/{id}/receipt", group: groupTodo,
			summary:     "Read the receipt of a confirmation",
			description: "Returns a signed statement without personal data and the key that sealed it. `bff verify` checks it offline.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getReceipt),
		},
		{
			id: "getNotifications", route: "GET /v1/notifications", group: groupTodo,
			summary:     "Read my agreements to notifications",
			description: "Returns the agreements of the person. Empty if the channel sends no notifications.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getNotifications),
		},
		{
			id: "agreeToNotification", route: "POST /v1/notifications", group: groupTodo,
			summary:     "Agree to a notification about the next todo",
			description: "Call it when the channel's client reports that the person agreed. Each agreement allows one notification, sent when a todo arrives for the person whom this session may see. The notification names neither the person nor the enterprise.",
			guards:      []guard{g.session, g.access, g.key}, status: 201,
			codes:   []string{problem.NoNotifications},
			handler: handle(h.agreeToNotification),
		},
		{
			id: "endNotifications", route: "DELETE /v1/notifications", group: groupTodo,
			summary:     "Withdraw my agreements to notifications",
			description: "Withdraws all agreements of this account. Idempotent.",
			guards:      []guard{g.session, g.access}, status: 204,
			handler: handle(h.endNotifications),
		},
	}
}

// answerCodes are those of a todo that cannot be answered.
func answerCodes() []string {
	return []string{
		todo.CodeAlreadyAnswered, todo.CodeRevisionStale, todo.CodeExpired, todo.CodeWithdrawn, todo.CodeNameDiffers,
		problem.StateChanged,
	}
}

// strokesForm describes the encoding of a handwriting; todo.Strokes has the rules.
const strokesForm = "`strokes` is base64url without padding of unsigned varints (seven bits per byte, lowest first, shortest form): " +
	"version 1; width and height of the canvas, 1 to 4096; the number of strokes, 1 to 256; for each stroke the number of its points, " +
	"at most 4096 in all; for each point dx and dy from the previous point in zigzag form (0, -1, 1, -2 as 0, 1, 2, 3) and dt, the milliseconds " +
	"since that point. The first point is relative to (0, 0) with dt 0; each stroke continues from the last point of the previous one. All points " +
	"are on the canvas. A tap or a short line is not a signature, and each confirmation requires a new signature."
