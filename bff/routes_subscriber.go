package bff

import (
	"renzheng/bff/problem"
)

// subscriberOperations returns the calls of registered users; none if nobody can register.
func subscriberOperations(h *handlers, g guards) []operation {
	if h.subscribers == nil {
		return nil
	}
	return []operation{
		{
			id: "sendCode", route: "POST /v1/one-time-codes", group: groupSubscriber,
			summary:     "Send a one-time code",
			description: "Sends a code of six digits to a phone, for one purpose. The answer is the same whether or not the number is registered. The code is valid for five minutes, for the client that has its `id`. The next code for the same purpose and number voids it. A number gets 1 code in a minute, 3 in an hour and 5 in 24 hours; `next_at` says when the next is possible.",
			guards:      []guard{g.browser, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.CodesExhausted, problem.CodeNotSent, problem.PhoneUnreachable},
			handler: handle(h.sendCode),
		},
		{
			id: "register", route: "POST /v1/subscribers", group: groupSubscriber,
			summary:     "Register",
			description: "Registers the holder of a phone with a code of purpose `register`, and signs the browser in by a cookie that scripts cannot read. The notice of GET /v1/notices?purpose=register must have been accepted. Name and number are verified later, as for any account. Whether the number is registered is told with the right code only, which is then used up. After five wrong codes the code is void. A repetition with the same key signs in again.",
			guards:      []guard{g.browser, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.CodeWrong, problem.CodeGone, problem.PhoneRegistered, problem.NoticeStale},
			handler: handle(h.register),
		},
		{
			id: "signIn", route: "POST /v1/sign-ins", group: groupSubscriber,
			summary:     "Sign in with a phone",
			description: "Signs the holder of a registered phone in with a code of purpose `sign_in`, by a cookie that scripts cannot read. Whether the number is registered is told with the right code only, which is then used up. The session gives no access to todos. A repetition with the same key signs in again.",
			guards:      []guard{g.browser, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.CodeWrong, problem.CodeGone, problem.PhoneNotRegistered},
			handler: handle(h.signIn),
		},
	}
}
