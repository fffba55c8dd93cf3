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
			description: "Exchanges the channel's authorization code. The token is shown once. A session shows nothing about anybody's todos; at most three live for an account. A repetition with the same key gets a new token of the same session.",
			guards:      []guard{g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.ChannelOff, problem.Client, problem.AuthCode, string(failure.RiskRefused)},
			handler: handle(h.openSession),
		},
		{
			id: "getSession", route: "GET /v1/session", group: groupSession,
			summary:     "Who am I",
			description: "The session with its live access grant, the prefilled document and the verification that is under way, where there are such.",
			guards:      []guard{g.session},
			handler:     handle(h.getSession),
		},
		{
			id: "closeSession", route: "DELETE /v1/session", group: groupSession,
			summary:     "Log out",
			description: "Ends the session with its access grant and its open verifications. Twice is no error.",
			guards:      []guard{g.session}, status: 204,
			handler: handle(h.closeSession),
		},
		{
			id: "webLogin", route: "GET /v1/web/login", group: groupSession,
			summary:     "Sign in on the web",
			description: "Sends the browser to the page where the channel asks the person. Off unless configured.",
			status:      303,
			codes:       []string{problem.ChannelOff},
			handler:     handle(h.webLogin),
		},
		{
			id: "webCallback", route: "GET " + callbackPath, group: groupSession,
			summary:     "Come back from the channel's page",
			description: "The channel sends the browser here. A session is opened for the browser that began, as a cookie that scripts cannot read; then the client is shown, with `?login=failed` or `?login=unavailable` where none was.",
			anyQuery:    true, status: 303,
			codes:   []string{problem.ChannelOff},
			handler: handle(h.webCallback),
		},
		{
			id: "prefill", route: "POST /v1/session/prefill", group: groupSession,
			summary:     "Ask the channel for the owner's document",
			description: "Optional: what the channel knows of the account's owner stays on the server for ten minutes and is shown masked. Typing by hand always works.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.AuthCode},
			handler: handle(h.prefill),
		},
		{
			id: "listNotices", route: "GET /v1/notices", group: groupNotice,
			summary:     "Texts to accept",
			description: "Which notices a flow needs, in the order to show them. Cacheable.",
			handler:     handle(h.listNotices),
		},
		{
			id: "listConsents", route: "GET /v1/consents", group: groupNotice,
			summary:     "What I have accepted",
			description: "The consents of this account that are alive.",
			guards:      []guard{g.session},
			handler:     handle(h.listConsents),
		},
		{
			id: "acceptNotices", route: "POST /v1/consents", group: groupNotice,
			summary:     "Accept notices",
			description: "Records that the person accepted each notice as it was shown, by its hash. A consent is good for 24 hours.",
			guards:      []guard{g.session}, bodyLimit: formBytes,
			codes:   []string{problem.NoticeStale},
			handler: handle(h.acceptNotices),
		},
		{
			id: "withdrawConsent", route: "DELETE /v1/consents/{id}", group: groupNotice,
			summary:     "Withdraw a consent",
			description: "Voids the account's open verifications and ends its access. It undoes no confirmation.",
			guards:      []guard{g.session},
			handler:     handle(h.withdrawConsent),
		},
	}
}
