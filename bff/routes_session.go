package bff

import (
	"renzheng/bff/problem"
	"renzheng/verification/failure"
)

func sessionOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "openSession", route: "POST /v1/sessions", group: groupSession,
			summary:     "Open a session",
			description: "Exchanges the channel's authorization code for a session. The token is returned once. A session alone gives no access to todos. An account has at most three live sessions. A repetition with the same key returns a new token of the same session.",
			guards:      []guard{g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.ChannelOff, problem.Client, problem.AuthCode, string(failure.RiskRefused)},
			handler: handle(h.openSession),
		},
		{
			id: "getSession", route: "GET /v1/session", group: groupSession,
			summary:     "Read the session",
			description: "Returns the session with its live access grant, the prefilled and the remembered document and the verification in progress, if they exist.",
			guards:      []guard{g.session},
			handler:     handle(h.getSession),
		},
		{
			id: "closeSession", route: "DELETE /v1/session", group: groupSession,
			summary:     "Log out",
			description: "Ends the session with its access grant and its open verifications. Idempotent.",
			guards:      []guard{g.session}, status: 204,
			handler: handle(h.closeSession),
		},
		{
			id: "webLogin", route: "GET /v1/web/login", group: groupSession,
			summary:     "Sign in on the web",
			description: "Redirects the browser to the channel's sign-in page, or to the client with `?login=client_unknown` from the built-in browser of an application that does not open that page. Disabled unless the web channel is configured.",
			status:      303,
			codes:       []string{problem.ChannelOff},
			handler:     handle(h.webLogin),
		},
		{
			id: "webCallback", route: "GET " + callbackPath, group: groupSession,
			summary:     "Return from the sign-in page",
			description: "The channel redirects the browser to this address. The server opens a session for the browser that started the sign-in and sets a cookie that scripts cannot read. It then redirects to the client, with `?login=failed` or `?login=unavailable` if no session was opened.",
			anyQuery:    true, status: 303,
			codes:   []string{problem.ChannelOff},
			handler: handle(h.webCallback),
		},
		{
			id: "prefill", route: "POST /v1/session/prefill", group: groupSession,
			summary:     "Request the account owner's document",
			description: "Optional. The server keeps the document that the channel knows of the account's owner for ten minutes and returns it masked. Entering the document by hand always works.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.AuthCode},
			handler: handle(h.prefill),
		},
		{
			id: "prefillRemembered", route: "PUT /v1/session/prefill", group: groupSession,
			summary:     "Use the remembered document",
			description: "Optional. Keeps the account's remembered document for ten minutes as the prefill of this session, and returns it masked. The person is checked as with a typed document, and may type another one. Idempotent.",
			guards:      []guard{g.session},
			handler:     handle(h.prefillRemembered),
		},
		{
			id: "beginOwnerCheck", route: "PUT /v1/session/owner-check", group: groupSession,
			summary:     "Begin a check of the account's owner",
			description: "Optional; offered if the session has `owner_check`. Requires the session's consent of kind owner_check. Returns the data with which the client opens the channel's mini-program. There the person agrees that a typed document is compared with the account owner's. A new check replaces the earlier one.",
			guards:      []guard{g.session},
			codes:       []string{problem.ChannelOff, problem.NotFound, problem.ConsentRequired},
			handler:     handle(h.beginOwnerCheck),
		},
		{
			id: "checkOwner", route: "POST /v1/session/owner-check/result", group: groupSession,
			summary:     "Check whether a document is the account owner's",
			description: "Exchanges the code that the channel's mini-program returned and compares the typed document. Requires the session's consent of kind owner_check. Each check is used once, and an account has five in 24 hours. The person may go on without it.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.AuthCode, problem.ChannelOff, problem.NotFound, problem.ConsentRequired},
			handler: handle(h.checkOwner),
		},
		{
			id: "rememberDocument", route: "POST /v1/remembered-documents", group: groupNotice,
			summary:     "Remember my document",
			description: "Records the consent to be remembered and keeps the document of the live access grant for this account, for 180 days. It replaces an earlier document. Withdrawing this or any other consent of the account deletes it at once.",
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.NoticeStale},
			handler: handle(h.rememberDocument),
		},
		{
			id: "listNotices", route: "GET /v1/notices", group: groupNotice,
			summary:     "List the notices of a flow",
			description: "Returns the notices that a flow requires, in the order to show them. Cacheable.",
			handler:     handle(h.listNotices),
		},
		{
			id: "listConsents", route: "GET /v1/consents", group: groupNotice,
			summary:     "List my consents",
			description: "Returns the consents of this account that are in force.",
			guards:      []guard{g.session},
			handler:     handle(h.listConsents),
		},
		{
			id: "acceptNotices", route: "POST /v1/consents", group: groupNotice,
			summary:     "Accept notices",
			description: "Records that the person accepted each notice as shown, identified by its hash. A consent is valid for 24 hours. A notice of kind remember is rejected here: use rememberDocument.",
			guards:      []guard{g.session}, bodyLimit: formBytes,
			codes:   []string{problem.NoticeStale},
			handler: handle(h.acceptNotices),
		},
		{
			id: "withdrawConsent", route: "DELETE /v1/consents/{id}", group: groupNotice,
			summary:     "Withdraw a consent",
			description: "Voids the account's open verifications, ends its access and deletes its remembered document. A consent of kind remember only deletes that, one of kind owner_check only deletes that and the answer of the check. Confirmations remain valid.",
			guards:      []guard{g.session},
			handler:     handle(h.withdrawConsent),
		},
	}
}
