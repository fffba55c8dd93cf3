package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/support"
)

type openTicketInput struct {
	Body struct {
		DocumentType string `json:"document_type,omitempty" enum:"resident_id,passport,hk_macau_permit,taiwan_permit,hk_macau_residence_permit,taiwan_residence_permit,foreign_permanent_resident"`
		Failure      string `json:"failure,omitempty" pattern:"^[a-z0-9_]{1,48}$" doc:"Code of the last failure, as in GET /v1/failures. Unknown codes are ignored." example:"face_differs"`
		Purpose      string `json:"purpose,omitempty" enum:"access,confirm,lift"`
	}
}

// ticketBody is a ticket as its account sees it. It contains nothing personal.
type ticketBody struct {
	ID           string       `json:"id"`
	Code         string       `json:"code" doc:"A code to read out, or to send to the service account instead of scanning." example:"T-7K2M-93QF"`
	State        string       `json:"state" doc:"open, attached (scanned in WeChat) or handed_over (to a human agent). New values may be added." example:"open"`
	DocumentType string       `json:"document_type,omitempty"`
	Failure      string       `json:"failure,omitempty"`
	Purpose      string       `json:"purpose,omitempty"`
	Article      *articleBody `json:"article,omitempty" doc:"The answer for the failure."`
	Contact      contactBody  `json:"contact"`
	CreatedAt    time.Time    `json:"created_at"`
	ExpiresAt    time.Time    `json:"expires_at"`
}

// contactBody describes how to reach support.
type contactBody struct {
	Account       string `json:"account,omitempty" doc:"Name of the WeChat service account. Absent if there is none." example:"你呼我应"`
	MenuEntry     string `json:"menu_entry,omitempty" doc:"The menu entry to choose." example:"登记注册自然人身份验证系统"`
	QR            string `json:"qr,omitempty" doc:"Address of the picture of the QR code. Offer to save it, because a phone cannot scan its own screen but WeChat reads codes from the album."`
	ServiceWindow string `json:"service_window" doc:"How to reach the service window, which is always possible."`
}

type ticketOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     ticketBody
}

// openTicket needs no key: an account has at most one ticket.
func (h *handlers) openTicket(ctx context.Context, in *openTicketInput) (*ticketOutput, error) {
	c := callOf(ctx)
	opened, err := h.support.Open(ctx, c.session.Account.ID, support.Context{
		Channel: string(c.session.Account.Channel), DocumentType: identity.DocumentType(in.Body.DocumentType),
		Failure: in.Body.Failure, Purpose: in.Body.Purpose, Language: c.language,
	})
	if err != nil {
		return nil, err
	}
	out := &ticketOutput{Status: http.StatusOK, Location: ticketPath(opened.Ticket), Body: h.ticketOf(c, opened.Ticket)}
	if opened.Created {
		out.Status = http.StatusCreated
	}
	return out, nil
}

type gotTicketOutput struct{ Body ticketBody }

func (h *handlers) getTicket(ctx context.Context, in *Identified) (*gotTicketOutput, error) {
	c := callOf(ctx)
	t, err := h.support.Ticket(ctx, c.session.Account.ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &gotTicketOutput{h.ticketOf(c, t)}, nil
}

func (h *handlers) getTicketQR(ctx context.Context, in *Identified) (*pictureOutput, error) {
	code, err := h.support.TicketCode(ctx, callOf(ctx).session.Account.ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &pictureOutput{ContentType: pictureType(code.Picture), Body: code.Picture}, nil
}

func ticketPath(t support.Ticket) string { return "/v1/support/tickets/" + t.ID }

func (h *handlers) ticketOf(c *call, t support.Ticket) ticketBody {
	body := ticketBody{
		ID: t.ID, Code: t.Code, State: string(t.State), DocumentType: string(t.DocumentType), Failure: t.Failure,
		Purpose: t.Purpose, Contact: h.contactOf(c, ticketPath(t)+"/qr"), CreatedAt: utc(t.CreatedAt), ExpiresAt: utc(t.ExpiresAt),
	}
	if article, known := h.support.FAQ().ForFailure(t.Failure, c.language); known {
		body.Article = new(articleBody(article))
	}
	return body
}

// contactOf returns how support is reached. picture is the address of the QR code,
// if there is one.
func (h *handlers) contactOf(c *call, picture string) contactBody {
	contact := h.support.Contact(c.language)
	body := contactBody{Account: contact.Account, MenuEntry: contact.Entry, ServiceWindow: contact.Window}
	if contact.HasCode {
		body.QR = picture
	}
	return body
}
