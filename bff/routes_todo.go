package bff

import (
	"renzheng/bff/problem"
	"renzheng/todo"
)

func todoOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "listTodos", route: "GET /v1/todos", group: groupTodo,
			summary:     "Todos of the last seven days",
			description: "Whatever their state. Where the registry has the document under another name, only that is told.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listTodos),
		},
		{
			id: "getTodo", route: "GET /v1/todos/{id}", group: groupTodo,
			summary:     "A todo with its content",
			description: "All that is shown and digested. Reading it in this session is what makes its confirmation possible.",
			guards:      []guard{g.session, g.access},
			codes:       []string{todo.CodeNameDiffers},
			handler:     handle(h.getTodo),
		},
		{
			id: "confirmTodo", route: "POST /v1/todos/{id}/confirmation", group: groupTodo,
			summary:     "Confirm and sign",
			description: "Consumes the verification and seals the answer, at most once per revision, whatever is repeated. The same key and body get the same answer.\n\n" + strokesForm,
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			codes:   append(answerCodes(), todo.CodeVerificationNotUsable, todo.CodeVerificationConsumed, todo.CodeStrokesInvalid, todo.CodeStrokesReused),
			handler: handle(h.confirmTodo),
		},
		{
			id: "refuseTodo", route: "POST /v1/todos/{id}/refusal", group: groupTodo,
			summary:     "Refuse",
			description: "Final for this revision. Needs neither a second face nor a signature.",
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			codes:   append(answerCodes(), todo.CodeReasonInvalid),
			handler: handle(h.refuseTodo),
		},
		{
			id: "listConfirmations", route: "GET /v1/confirmations", group: groupTodo,
			summary:     "My answers",
			description: "The person's own answers, newest first.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listConfirmations),
		},
		{
			id: "getConfirmation", route: "GET /v1/confirmations/{id}", group: groupTodo,
			summary:     "One of my answers",
			description: "Of this person only.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getConfirmation),
		},
		{
			id: "getReceipt", route: "GET /v1/confirmations/{id}/receipt", group: groupTodo,
			summary:     "The proof of an answer",
			description: "A signed statement without personal data, with the key that sealed it. `bff verify` checks it offline.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getReceipt),
		},
		{
			id: "getNotifications", route: "GET /v1/notifications", group: groupTodo,
			summary:     "Messages I agreed to",
			description: "What the person agreed to be told. Empty where the channel sends no messages.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getNotifications),
		},
		{
			id: "agreeToNotification", route: "POST /v1/notifications", group: groupTodo,
			summary:     "Tell me when a todo arrives",
			description: "Call it when the channel's client says that the person agreed: one message for each agreement, when a todo arrives for the person whom this session may see. It names neither person nor enterprise.",
			guards:      []guard{g.session, g.access, g.key}, status: 201,
			codes:   []string{problem.NoNotifications},
			handler: handle(h.agreeToNotification),
		},
		{
			id: "endNotifications", route: "DELETE /v1/notifications", group: groupTodo,
			summary:     "Tell me no more",
			description: "Takes back all agreements of this account. Twice is no error.",
			guards:      []guard{g.session, g.access}, status: 204,
			handler: handle(h.endNotifications),
		},
	}
}

// answerCodes are those of a todo that takes no answer.
func answerCodes() []string {
	return []string{
		todo.CodeAlreadyAnswered, todo.CodeRevisionStale, todo.CodeExpired, todo.CodeWithdrawn, todo.CodeNameDiffers,
		problem.StateChanged,
	}
}

// strokesForm says how a handwriting is written down; todo.Strokes has the rules.
const strokesForm = "`strokes` is base64url without padding over unsigned varints (seven bits per byte, lowest first, no spare bytes): " +
	"version 1; width and height of the canvas, 1 to 4096; the number of strokes, 1 to 256; for each stroke the number of its points, " +
	"4096 in all; for each point dx and dy from the point before in zigzag form (0, -1, 1, -2 as 0, 1, 2, 3) and dt, the milliseconds since " +
	"that point. The first point counts from (0, 0) with dt 0; strokes go on from the last point of the one before. Points lie on the canvas. " +
	"A tap or a slip of the finger is no signature, and each confirmation needs one of its own."
