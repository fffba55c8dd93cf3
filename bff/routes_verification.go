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
			summary:     "Start a verification",
			description: "`access` takes a typed document or the prefilled one. `confirm` takes the todo, revision and digest that were shown to this session, and verifies the person of the access grant. It ends with the grant and is then not found. Starting a verification voids an open one with the same purpose.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201,
			codes:   startCodes(),
			handler: handle(h.startVerification),
		},
		{
			id: "getVerification", route: "GET /v1/verifications/{id}", group: groupVerification,
			summary:     "Read a verification",
			description: "Returns the state, the next step, the failure with its remedies, the tries left and the missing consents.",
			guards:      []guard{g.session},
			handler:     handle(h.getVerification),
		},
		{
			id: "voidVerification", route: "DELETE /v1/verifications/{id}", group: groupVerification,
			summary:     "Void a verification",
			description: "Ends the verification and the access that was granted by it, to start again or to cancel a confirmation. Idempotent.",
			guards:      []guard{g.session}, status: 204,
			codes:   stateCodes(),
			handler: handle(h.voidVerification),
		},
		{
			id: "startFace", route: "POST /v1/verifications/{id}/face", group: groupVerification,
			summary:     "Start a face check",
			description: "Returns 201 with the call that the client must make, or 200 if the provider could not start. A new attempt closes an open one. The result that the client gets from that call is only a hint; request the result from the server.",
			guards:      []guard{g.session, g.key}, status: 201, otherStatuses: []int{200},
			codes:   checkCodes(),
			handler: handle(h.startFace),
		},
		{
			id: "finishFace", route: "POST /v1/verifications/{id}/face/result", group: groupVerification,
			summary:     "Request the result of a face check",
			description: "The server queries the provider. Returns 202 while there is no result; repeat the request after Retry-After.",
			guards:      []guard{g.session}, bodyLimit: formBytes, otherStatuses: []int{202},
			handler: handle(h.finishFace),
		},
		{
			id: "checkBankCard", route: "POST /v1/verifications/{id}/bank-card", group: groupVerification,
			summary:     "Check a bank card",
			description: "Queries the data source once, after the face check has passed. If there is no answer, the attempt is `unresolved` and is not counted.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   checkCodes(),
			handler: handle(h.checkBankCard),
		},
		{
			id: "checkFourElements", route: "POST /v1/verifications/{id}/four-elements", group: groupVerification,
			summary:     "Check the validity of a document",
			description: "Queries the data source once whether name, number and validity belong together, after the face check has passed. The values typed for it are deleted with the attempt.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   append(checkCodes(), string(failure.DocumentExpired)),
			handler: handle(h.checkFourElements),
		},
		{
			id: "checkDocument", route: "POST /v1/verifications/{id}/document", group: groupVerification,
			summary:     "Check a document with its issuing authority",
			description: "Queries the authority that issued the document, after the face check has passed. Returns 202 while there is no answer; the server continues to query. Read the verification until the check is no longer running, or repeat the request with a new key, which uses no further try until there is an answer.",
			guards:      []guard{g.session, g.key}, otherStatuses: []int{202},
			codes:   checkCodes(),
			handler: handle(h.checkDocument),
		},
		{
			id: "getPortrait", route: "GET /v1/verifications/{id}/portrait", group: groupVerification,
			summary:     "Read the portrait",
			description: "Returns the picture of the passed face check, to be shown for acceptance. Clients must not store it. Returns 404 if the provider returned none; the person then accepts without a picture.",
			guards:      []guard{g.session},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getPortrait),
		},
		{
			id: "acceptPortrait", route: "POST /v1/verifications/{id}/portrait/accept", group: groupVerification,
			summary:     "Accept the portrait",
			description: "Opens the person's todos to this session for an hour. Idempotent: a repetition returns the same access.",
			guards:      []guard{g.session},
			codes:       stateCodes(),
			handler:     handle(h.acceptPortrait),
		},
		{
			id: "listFailures", route: "GET /v1/failures", group: groupVerification,
			summary:     "List all failures and remedies",
			description: "Returns the catalogue: prompt, cause and remedies of every failure. Cacheable.",
			handler:     handle(h.listFailures),
		},
	}
}

// stateCodes are those of a verification in another state than required.
func stateCodes() []string {
	return []string{
		verification.CodeExpired, verification.CodeVoided, verification.CodeFailed, verification.CodeConsumed,
		verification.CodePassed, verification.CodeAwaiting, verification.CodeOpen, verification.CodeStateMoved,
		problem.StateChanged,
	}
}

// startCodes are those of a verification that cannot be started.
func startCodes() []string {
	return []string{
		problem.RequestUnfit, problem.AccessRequired, problem.NotFound, problem.NotShown,
		verification.CodeNoPrefill, verification.CodeTodoChanged, verification.CodeStateMoved, problem.StateChanged,
		string(failure.AccountOwnerDiffers), string(failure.GuardianRequired), string(failure.DocumentExpired),
		string(failure.RouteMissing), string(failure.CheckSwitchedOff), string(failure.AccountLimit),
	}
}

// checkCodes are those of a check that cannot be tried.
func checkCodes() []string {
	return append(stateCodes(), problem.ConsentRequired, verification.CodeFaceFirst, verification.CodeEarlierFirst, verification.CodeCheckDone,
		verification.CodeNotNeeded, verification.CodeRunning, verification.CodeSuperseded,
		string(failure.CheckSwitchedOff), string(failure.RouteMissing),
		string(failure.TriesExhausted), string(failure.CardLocked))
}
