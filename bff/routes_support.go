package bff

import (
	"renzheng/bff/problem"
)

func supportOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "getSupport", route: "GET /v1/support", group: groupSupport,
			summary:     "Read how to reach support",
			description: "For everybody: the service account, the QR code and the service window. Cacheable.",
			handler:     handle(h.getSupport),
		},
		{
			id: "getSupportQR", route: "GET /v1/support/qr", group: groupSupport,
			summary:     "Read the QR code for everybody",
			description: "A picture to save and to open in WeChat. Returns 404 if there is neither a service account nor a picture of the operator. Cacheable for minutes; the code is valid for at least an hour.",
			codes:       []string{problem.NotFound},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getSupportQR),
		},
		{
			id: "searchFAQ", route: "GET /v1/support/faq", group: groupSupport,
			summary:     "Search frequent questions",
			description: "Returns all questions, those that match `q` best, or the one about `failure`. Cacheable.",
			handler:     handle(h.searchFAQ),
		},
		{
			id: "openTicket", route: "POST /v1/support/tickets", group: groupSupport,
			summary:     "Open a support ticket",
			description: "Returns 201 for a new ticket, or 200 for the existing one of the account, which then gets this context. A ticket describes the problem, contains nothing personal, and ends after seven days.",
			guards:      []guard{g.session}, bodyLimit: formBytes, status: 201, otherStatuses: []int{200},
			handler: handle(h.openTicket),
		},
		{
			id: "getTicket", route: "GET /v1/support/tickets/{id}", group: groupSupport,
			summary:     "Read a support ticket",
			description: "Returns 404 if the ticket belongs to another account or has ended.",
			guards:      []guard{g.session},
			handler:     handle(h.getTicket),
		},
		{
			id: "getTicketQR", route: "GET /v1/support/tickets/{id}/qr", group: groupSupport,
			summary:     "Read the QR code of a ticket",
			description: "A person who scans it in WeChat gets the answer for the ticket's failure. The code is created on request, is valid for a day and is then replaced. Without the service account the operator's picture is returned, or 404 if there is none.",
			guards:      []guard{g.session},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getTicketQR),
		},
		{
			id: "checkWeChat", route: "GET /callbacks/wechat", group: groupSupport,
			summary:     "Verify the callback address for WeChat",
			description: "Returns `echostr` if the signature is valid and recent.",
			anyQuery:    true,
			codes:       []string{problem.PushRefused, problem.NotFound},
			mediaTypes:  []string{"text/plain"},
			handler:     handle(h.checkWeChat),
		},
		{
			id: "receiveWeChat", route: "POST /callbacks/wechat", group: groupSupport,
			summary:     "Receive an event from WeChat",
			description: "The body is the encrypted envelope of WeChat's safe mode, at most 64 KiB. The encrypted answer comes within five seconds. A duplicate message is answered with `success`. Unencrypted, unsigned, stale or duplicate messages are rejected and change nothing.",
			bodyLimit:   formBytes, rawBody: true, anyQuery: true,
			codes:      []string{problem.PushRefused, problem.NotFound},
			mediaTypes: []string{"text/xml", "text/plain"},
			handler:    handle(h.receiveWeChat),
		},
	}
}
