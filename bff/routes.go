package bff

import (
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// Groups of calls in the contract.
const (
	groupSession      = "session"
	groupNotice       = "notice"
	groupVerification = "verification"
	groupTodo         = "todo"
	groupRegistry     = "registry"
	groupSupport      = "support"
	groupService      = "service"
)

// routes is the whole surface: each call once, with what stands before it. A
// person's calls need a session, those on todos a live access grant as well;
// keyed calls are done once per Idempotency-Key; a registry's are signed.
func (a *API) routes() {
	a.sessionRoutes()
	a.verificationRoutes()
	a.todoRoutes()
	a.registryRoutes()
	a.supportRoutes()
	a.serviceRoutes()
}

func (a *API) sessionRoutes() {
	key, session := []guard{withKey()}, []guard{withSession()}
	keyed := []guard{withSession(), withKey()}

	add(a, row{
		id: "openSession", call: "POST /v1/sessions", says: "Open a session", group: groupSession,
		guards: key, status: 201, body: formBytes, codes: []string{codeChannelOff, codeClient, codeAuthCode, string(failure.RiskRefused)},
	}, a.openSession)
	add(a, row{
		id: "getSession", call: "GET /v1/session", says: "Who am I", group: groupSession,
		guards: session,
	}, a.getSession)
	add(a, row{
		id: "closeSession", call: "DELETE /v1/session", says: "Log out", group: groupSession,
		guards: session, status: 204,
	}, a.closeSession)
	add(a, row{
		id: "webLogin", call: "GET /v1/web/login", says: "Sign in on the web", group: groupSession,
		status: 303, codes: []string{codeChannelOff},
	}, a.webLogin)
	add(a, row{
		id: "webCallback", call: "GET " + callbackPath, says: "Come back from the channel's page", group: groupSession,
		status: 303, codes: []string{codeChannelOff}, anyQuery: true,
	}, a.webCallback)
	add(a, row{
		id: "prefill", call: "POST /v1/session/prefill", says: "Ask the channel for the owner's document", group: groupSession,
		guards: keyed, body: formBytes, codes: []string{codeAuthCode},
	}, a.prefill)
	add(a, row{
		id: "listNotices", call: "GET /v1/notices", says: "Texts to accept", group: groupNotice,
	}, a.listNotices)
	add(a, row{
		id: "listConsents", call: "GET /v1/consents", says: "What I have accepted", group: groupNotice,
		guards: session,
	}, a.listConsents)
	add(a, row{
		id: "acceptNotices", call: "POST /v1/consents", says: "Accept notices", group: groupNotice,
		guards: session, body: formBytes, codes: []string{codeNoticeStale},
	}, a.acceptNotices)
	add(a, row{
		id: "withdrawConsent", call: "DELETE /v1/consents/{id}", says: "Withdraw a consent", group: groupNotice,
		guards: session,
	}, a.withdrawConsent)
}

func (a *API) verificationRoutes() {
	session, keyed := []guard{withSession()}, []guard{withSession(), withKey()}

	add(a, row{
		id: "startVerification", call: "POST /v1/verifications", says: "Begin a verification", group: groupVerification,
		guards: keyed, status: 201, body: formBytes, codes: startCodes(),
	}, a.startVerification)
	add(a, row{
		id: "getVerification", call: "GET /v1/verifications/{id}", says: "How a verification stands", group: groupVerification,
		guards: session,
	}, a.getVerification)
	add(a, row{
		id: "voidVerification", call: "DELETE /v1/verifications/{id}", says: "Void a verification", group: groupVerification,
		guards: session, status: 204, codes: stateCodes(),
	}, a.voidVerification)
	add(a, row{
		id: "startFace", call: "POST /v1/verifications/{id}/face", says: "Begin a face check", group: groupVerification,
		guards: keyed, status: 201, also: []int{200}, codes: checkCodes(),
	}, a.startFace)
	add(a, row{
		id: "finishFace", call: "POST /v1/verifications/{id}/face/result", says: "Ask for the result of a face check", group: groupVerification,
		guards: session, also: []int{202}, body: formBytes,
	}, a.finishFace)
	add(a, row{
		id: "checkBankCard", call: "POST /v1/verifications/{id}/bank-card", says: "Check a bank card", group: groupVerification,
		guards: keyed, body: formBytes, codes: checkCodes(),
	}, a.checkBankCard)
	add(a, row{
		id: "checkFourElements", call: "POST /v1/verifications/{id}/four-elements", says: "Check the validity of a document", group: groupVerification,
		guards: keyed, body: formBytes, codes: append(checkCodes(), string(failure.DocumentExpired)),
	}, a.checkFourElements)
	add(a, row{
		id: "checkDocument", call: "POST /v1/verifications/{id}/document", says: "Check a document with its authority", group: groupVerification,
		guards: keyed, also: []int{202}, codes: checkCodes(),
	}, a.checkDocument)
	add(a, row{
		id: "getPortrait", call: "GET /v1/verifications/{id}/portrait", says: "The captured picture", group: groupVerification,
		guards: session, media: "image/jpeg,image/png,application/octet-stream",
	}, a.getPortrait)
	add(a, row{
		id: "acceptPortrait", call: "POST /v1/verifications/{id}/portrait/accept", says: "This is me", group: groupVerification,
		guards: session, codes: stateCodes(),
	}, a.acceptPortrait)
	add(a, row{
		id: "listFailures", call: "GET /v1/failures", says: "All failures and what to do", group: groupVerification,
	}, a.listFailures)
}

func (a *API) todoRoutes() {
	access, keyed := []guard{withSession(), withAccess()}, []guard{withSession(), withAccess(), withKey()}

	add(a, row{
		id: "listTodos", call: "GET /v1/todos", says: "Todos of the last seven days", group: groupTodo,
		guards: access,
	}, a.listTodos)
	add(a, row{
		id: "getTodo", call: "GET /v1/todos/{id}", says: "A todo with its content", group: groupTodo,
		guards: access, codes: []string{todo.CodeNameDiffers},
	}, a.getTodo)
	add(a, row{
		id: "confirmTodo", call: "POST /v1/todos/{id}/confirmation", says: "Confirm and sign", group: groupTodo,
		guards: keyed, status: 201, body: formBytes,
		codes: append(answerCodes(), todo.CodeVerificationNotUsable, todo.CodeVerificationConsumed,
			todo.CodeStrokesInvalid, todo.CodeStrokesReused),
	}, a.confirmTodo)
	add(a, row{
		id: "refuseTodo", call: "POST /v1/todos/{id}/refusal", says: "Refuse", group: groupTodo,
		guards: keyed, status: 201, body: formBytes, codes: append(answerCodes(), todo.CodeReasonInvalid),
	}, a.refuseTodo)
	add(a, row{
		id: "listConfirmations", call: "GET /v1/confirmations", says: "My answers", group: groupTodo,
		guards: access,
	}, a.listConfirmations)
	add(a, row{
		id: "getConfirmation", call: "GET /v1/confirmations/{id}", says: "One of my answers", group: groupTodo,
		guards: access,
	}, a.getConfirmation)
	add(a, row{
		id: "getReceipt", call: "GET /v1/confirmations/{id}/receipt", says: "The proof of an answer", group: groupTodo,
		guards: access,
	}, a.getReceipt)
	add(a, row{
		id: "getAlerts", call: "GET /v1/alerts", says: "Messages I agreed to", group: groupTodo,
		guards: access,
	}, a.getAlerts)
	add(a, row{
		id: "agreeToAlert", call: "POST /v1/alerts", says: "Tell me when a todo arrives", group: groupTodo,
		guards: keyed, status: 201, codes: []string{codeNoAlerts},
	}, a.agreeToAlert)
	add(a, row{
		id: "endAlerts", call: "DELETE /v1/alerts", says: "Tell me no more", group: groupTodo,
		guards: access, status: 204,
	}, a.endAlerts)
}

func (a *API) registryRoutes() {
	signed := []guard{withRegistry()}

	add(a, row{
		id: "pushCase", call: "PUT /registry/v1/cases/{case_id}", says: "Push a revision of a case", group: groupRegistry,
		guards: signed, also: []int{201}, body: pushBytes,
		codes: []string{todo.CodeContentInvalid, todo.CodeCaseRevisionConflict, todo.CodeCaseWithdrawn, codeStateChanged},
	}, a.pushCase)
	add(a, row{
		id: "getCase", call: "GET /registry/v1/cases/{case_id}", says: "A case as it stands", group: groupRegistry,
		guards: signed,
	}, a.getCase)
	add(a, row{
		id: "withdrawCase", call: "DELETE /registry/v1/cases/{case_id}", says: "Withdraw a case", group: groupRegistry,
		guards: signed, status: 204, codes: []string{codeStateChanged},
	}, a.withdrawCase)
	add(a, row{
		id: "getEvidence", call: "GET /registry/v1/cases/{case_id}/signers/{signer_id}/evidence", says: "What to file of an answer",
		group: groupRegistry, guards: signed,
	}, a.getEvidence)
	add(a, row{
		id: "closeSigner", call: "POST /registry/v1/cases/{case_id}/signers/{signer_id}/close", says: "Signer was served at the window",
		group: groupRegistry, guards: signed,
		codes: []string{todo.CodeAlreadyAnswered, todo.CodeWithdrawn, codeStateChanged},
	}, a.closeSigner)
	add(a, row{
		id: "listFeed", call: "GET /registry/v1/events", says: "Events after a position", group: groupRegistry,
		guards: signed,
	}, a.listFeed)
	add(a, row{
		id: "redeliver", call: "POST /registry/v1/events/{id}/redeliver", says: "Push an event again", group: groupRegistry,
		guards: signed, status: 204,
	}, a.redeliver)
}

func (a *API) supportRoutes() {
	session := []guard{withSession()}
	const pictures = "image/jpeg,image/png,application/octet-stream"

	add(a, row{
		id: "getSupport", call: "GET /v1/support", says: "How support is reached", group: groupSupport,
	}, a.getSupport)
	add(a, row{
		id: "getSupportQR", call: "GET /v1/support/qr", says: "The QR code for everybody", group: groupSupport,
		media: pictures, codes: []string{codeNotFound},
	}, a.getSupportQR)
	add(a, row{
		id: "searchFAQ", call: "GET /v1/support/faq", says: "Frequent questions", group: groupSupport,
	}, a.searchFAQ)
	add(a, row{
		id: "openTicket", call: "POST /v1/support/tickets", says: "Ask for support", group: groupSupport,
		guards: session, status: 201, also: []int{200}, body: formBytes,
	}, a.openTicket)
	add(a, row{
		id: "getTicket", call: "GET /v1/support/tickets/{id}", says: "My ticket", group: groupSupport,
		guards: session,
	}, a.getTicket)
	add(a, row{
		id: "getTicketQR", call: "GET /v1/support/tickets/{id}/qr", says: "The QR code of my ticket", group: groupSupport,
		guards: session, media: pictures,
	}, a.getTicketQR)
	add(a, row{
		id: "checkWeChat", call: "GET /callbacks/wechat", says: "WeChat checks this address", group: groupSupport,
		media: "text/plain", codes: []string{codePushRefused, codeNotFound}, anyQuery: true,
	}, a.checkWeChat)
	add(a, row{
		id: "receiveWeChat", call: "POST /callbacks/wechat", says: "WeChat pushes an event", group: groupSupport,
		body: formBytes, raw: true, media: "text/xml,text/plain", codes: []string{codePushRefused, codeNotFound}, anyQuery: true,
	}, a.receiveWeChat)
}

func (a *API) serviceRoutes() {
	add(a, row{
		id: "listKeys", call: "GET /.well-known/jwks.json", says: "Keys that seal receipts", group: groupService,
	}, a.listKeys)
	add(a, row{
		id: "health", call: "GET " + healthPath, says: "The process answers", group: groupService,
	}, a.health)
	add(a, row{
		id: "ready", call: "GET " + readyPath, says: "Requests can be served", group: groupService,
		codes: []string{codeNotReady},
	}, a.ready)
	add(a, row{
		id: "openapiYAML", call: "GET /openapi.yaml", says: "This contract", group: groupService, media: yamlType,
	}, a.contractYAML)
	add(a, row{
		id: "openapiJSON", call: "GET /openapi.json", says: "This contract as JSON", group: groupService, media: "application/openapi+json",
	}, a.contractJSON)
	add(a, row{
		id: "docs", call: "GET " + docsPath, says: "This contract to read", group: groupService, media: "text/html",
	}, a.docsPage)
	add(a, row{
		id: "docsScript", call: "GET " + docsPath + "/docs.js", says: "Script of the page", group: groupService, media: "text/javascript",
	}, a.docsScript)
	add(a, row{
		id: "docsStyle", call: "GET " + docsPath + "/docs.css", says: "Style of the page", group: groupService, media: "text/css",
	}, a.docsStyle)
}

// stateCodes are those of a verification that stands in the way.
func stateCodes() []string {
	return []string{
		verification.CodeExpired, verification.CodeVoided, verification.CodeFailed, verification.CodeConsumed,
		verification.CodePassed, verification.CodeAwaiting, verification.CodeOpen, verification.CodeStateMoved,
		codeStateChanged,
	}
}

// startCodes are those of a verification that is not begun.
func startCodes() []string {
	return []string{
		codeRequestUnfit, codeAccessRequired, codeNotFound, codeNotShown,
		verification.CodeNoPrefill, verification.CodeTodoChanged, verification.CodeStateMoved, codeStateChanged,
		string(failure.AccountOwnerDiffers), string(failure.GuardianRequired), string(failure.DocumentExpired),
		string(failure.RouteMissing), string(failure.CheckSwitchedOff), string(failure.AccountLimit),
	}
}

// checkCodes are those of a check that is not tried.
func checkCodes() []string {
	return append(stateCodes(), codeConsentRequired, verification.CodeFaceFirst, verification.CodeEarlierFirst, verification.CodeCheckDone,
		verification.CodeNotNeeded, verification.CodeRunning, verification.CodeSuperseded,
		string(failure.CheckSwitchedOff), string(failure.RouteMissing),
		string(failure.TriesExhausted), string(failure.CardLocked))
}

// answerCodes are those of a todo that takes no answer.
func answerCodes() []string {
	return []string{
		todo.CodeAlreadyAnswered, todo.CodeRevisionStale, todo.CodeExpired, todo.CodeWithdrawn, todo.CodeNameDiffers,
		codeStateChanged,
	}
}

// signatureCodes are those of a request that is not believed.
func signatureCodes() []string {
	return []string{
		todo.SignatureMissing, todo.SignatureInvalid, todo.SignatureStale, todo.SignatureFuture, todo.SignatureReplay,
		todo.KeyUnknown, todo.DigestMismatch,
	}
}
