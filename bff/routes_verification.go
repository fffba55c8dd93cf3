package bff

import (
	"renzheng/bff/problem"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func verificationOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "startVerification", route: "POST /v1/verifications", group: groupVerification,
			summary:     "Begin a verification",
			description: "For `access` with a typed document or the prefilled one; for `confirm` with todo, revision and digest as they were shown to this session. A `confirm` verification is of the person of the access grant. It ends with the grant, and is then not found. An open verification of the same purpose is voided.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201,
			codes:   startCodes(),
			handler: handle(h.startVerification),
		},
		{
			id: "getVerification", route: "GET /v1/verifications/{id}", group: groupVerification,
			summary:     "How a verification stands",
			description: "State, next step, failure with remedies, tries left, consents missing.",
			guards:      []guard{g.session},
			handler:     handle(h.getVerification),
		},
		{
			id: "voidVerification", route: "DELETE /v1/verifications/{id}", group: groupVerification,
			summary:     "Void a verification",
			description: "Ends it with the access made from it: the person starts again, or cancels a confirmation. Twice is no error.",
			guards:      []guard{g.session}, status: 204,
			codes:   stateCodes(),
			handler: handle(h.voidVerification),
		},
		{
			id: "startFace", route: "POST /v1/verifications/{id}/face", group: groupVerification,
			summary:     "Begin a face check",
			description: "201 with what the client must call, or 200 where the provider could not begin. A new attempt closes an open one. What the client is told by that call is a hint only; ask for the result.",
			guards:      []guard{g.session, g.key}, status: 201, otherStatuses: []int{200},
			codes:   checkCodes(),
			handler: handle(h.startFace),
		},
		{
			id: "finishFace", route: "POST /v1/verifications/{id}/face/result", group: groupVerification,
			summary:     "Ask for the result of a face check",
			description: "The server asks the provider itself. 202 while there is no answer: ask again after Retry-After.",
			guards:      []guard{g.session}, bodyLimit: formBytes, otherStatuses: []int{202},
			handler: handle(h.finishFace),
		},
		{
			id: "checkBankCard", route: "POST /v1/verifications/{id}/bank-card", group: groupVerification,
			summary:     "Check a bank card",
			description: "Asks the data source once, after the face has passed. Where no answer comes, the attempt is `unresolved` and is not counted.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   checkCodes(),
			handler: handle(h.checkBankCard),
		},
		{
			id: "checkFourElements", route: "POST /v1/verifications/{id}/four-elements", group: groupVerification,
			summary:     "Check the validity of a document",
			description: "Asks the data source once whether name, number and validity belong together, after the face has passed. What is typed for it is kept no longer than the attempt.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   append(checkCodes(), string(failure.DocumentExpired)),
			handler: handle(h.checkFourElements),
		},
		{
			id: "checkDocument", route: "POST /v1/verifications/{id}/document", group: groupVerification,
			summary:     "Check a document with its authority",
			description: "Asks the authority that issued the document, after the face has passed. 202 while there is no answer: the server goes on asking. Read the verification until the check is no longer running, or repeat the call with a new key: as long as there is no answer that uses no further try.",
			guards:      []guard{g.session, g.key}, otherStatuses: []int{202},
			codes:   checkCodes(),
			handler: handle(h.checkDocument),
		},
		{
			id: "getPortrait", route: "GET /v1/verifications/{id}/portrait", group: groupVerification,
			summary:     "The captured picture",
			description: "The picture of the passed face, to show for acceptance. Never stored by the client. 404 where the provider gave none; the person then accepts without one.",
			guards:      []guard{g.session},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getPortrait),
		},
		{
			id: "acceptPortrait", route: "POST /v1/verifications/{id}/portrait/accept", group: groupVerification,
			summary:     "This is me",
			description: "Opens the person's todos to this session for an hour. Twice gives the same access.",
			guards:      []guard{g.session},
			codes:       stateCodes(),
			handler:     handle(h.acceptPortrait),
		},
		{
			id: "listFailures", route: "GET /v1/failures", group: groupVerification,
			summary:     "All failures and what to do",
			description: "The catalogue: prompt, cause and remedies of every failure. Cacheable.",
			handler:     handle(h.listFailures),
		},
	}
}

// stateCodes are those of a verification that stands in the way.
func stateCodes() []string {
	return []string{
		verification.CodeExpired, verification.CodeVoided, verification.CodeFailed, verification.CodeConsumed,
		verification.CodePassed, verification.CodeAwaiting, verification.CodeOpen, verification.CodeStateMoved,
		problem.StateChanged,
	}
}

// startCodes are those of a verification that is not begun.
func startCodes() []string {
	return []string{
		problem.RequestUnfit, problem.AccessRequired, problem.NotFound, problem.NotShown,
		verification.CodeNoPrefill, verification.CodeTodoChanged, verification.CodeStateMoved, problem.StateChanged,
		string(failure.AccountOwnerDiffers), string(failure.GuardianRequired), string(failure.DocumentExpired),
		string(failure.RouteMissing), string(failure.CheckSwitchedOff), string(failure.AccountLimit),
	}
}

// checkCodes are those of a check that is not tried.
func checkCodes() []string {
	return append(stateCodes(), problem.ConsentRequired, verification.CodeFaceFirst, verification.CodeEarlierFirst, verification.CodeCheckDone,
		verification.CodeNotNeeded, verification.CodeRunning, verification.CodeSuperseded,
		string(failure.CheckSwitchedOff), string(failure.RouteMissing),
		string(failure.TriesExhausted), string(failure.CardLocked))
}
