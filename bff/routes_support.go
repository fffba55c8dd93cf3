package bff

import (
	"renzheng/bff/problem"
)

func supportOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "getSupport", route: "GET /v1/support", group: groupSupport,
			summary:     "How support is reached",
			description: "For everybody: the service account, the QR code, the service window. Cacheable.",
			handler:     handle(h.getSupport),
		},
		{
			id: "getSupportQR", route: "GET /v1/support/qr", group: groupSupport,
			summary:     "The QR code for everybody",
			description: "A picture to save and to open in WeChat. 404 where there is neither a service account nor a picture of the operator's. Cacheable for minutes; the code is good for an hour at least.",
			codes:       []string{problem.NotFound},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getSupportQR),
		},
		{
			id: "searchFAQ", route: "GET /v1/support/faq", group: groupSupport,
			summary:     "Frequent questions",
			description: "All questions, those that fit `q` best, or the one that answers for `failure`. Cacheable.",
			handler:     handle(h.searchFAQ),
		},
		{
			id: "openTicket", route: "POST /v1/support/tickets", group: groupSupport,
			summary:     "Ask for support",
			description: "201 for a new ticket, 200 for the one that the account has: it gets this context. It holds what went wrong, nothing about anybody, and ends after seven days.",
			guards:      []guard{g.session}, bodyLimit: formBytes, status: 201, otherStatuses: []int{200},
			handler: handle(h.openTicket),
		},
		{
			id: "getTicket", route: "GET /v1/support/tickets/{id}", group: groupSupport,
			summary:     "My ticket",
			description: "404 where it is another account's or has ended.",
			guards:      []guard{g.session},
			handler:     handle(h.getTicket),
		},
		{
			id: "getTicketQR", route: "GET /v1/support/tickets/{id}/qr", group: groupSupport,
			summary:     "The QR code of my ticket",
			description: "Whoever scans it in WeChat is answered for this ticket's failure. Made when it is asked for, good for a day, made anew after that. A fixed picture where the service account is not there; 404 where there is no picture at all.",
			guards:      []guard{g.session},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getTicketQR),
		},
		{
			id: "checkWeChat", route: "GET /callbacks/wechat", group: groupSupport,
			summary:     "WeChat checks this address",
			description: "Answers `echostr` where the signature is right and of this time.",
			anyQuery:    true,
			codes:       []string{problem.PushRefused, problem.NotFound},
			mediaTypes:  []string{"text/plain"},
			handler:     handle(h.checkWeChat),
		},
		{
			id: "receiveWeChat", route: "POST /callbacks/wechat", group: groupSupport,
			summary:     "WeChat pushes an event",
			description: "The body is the encrypted envelope of WeChat's safe mode, 64 KiB at most. Answered within five seconds, encrypted too; a message that comes again is answered once, then by `success`. What is plain, unsigned, late or has come before is refused and changes nothing.",
			bodyLimit:   formBytes, rawBody: true, anyQuery: true,
			codes:      []string{problem.PushRefused, problem.NotFound},
			mediaTypes: []string{"text/xml", "text/plain"},
			handler:    handle(h.receiveWeChat),
		},
	}
}
