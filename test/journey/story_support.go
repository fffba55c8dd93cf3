package journey

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// asksForHelp fails, gets the remedy from the service account, asks another question
// and for an agent, and then passes (M-36…M-39).
func asksForHelp(ctx context.Context, v *visit) error {
	if err := v.findsHelpWithoutSession(ctx); err != nil {
		return err
	}
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if on, err = v.face(ctx, on, outcome{"failed", "face_quality", true}); err != nil {
		return err
	}
	ticket, err := v.opensTicket(ctx, "face_quality")
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.scansTicket(ctx, ticket) },
		func() error { return v.asksQuestion(ctx, "银行卡核验不通过") },
		func() error { return v.asksForAgent(ctx, ticket) },
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// findsHelpWithoutSession sees what a person sees who cannot log in.
func (v *visit) findsHelpWithoutSession(ctx context.Context) error {
	got, err := v.client.contact(ctx)
	if err == nil && (got.QR == "" || got.ServiceWindow == "") {
		err = errors.New("neither a QR code nor the service window is named")
	}
	if err == nil {
		err = v.client.qrCode(ctx, got.QR)
	}
	return v.did("finds support before logging in", err)
}

// opensTicket asks twice, like an impatient user, and saves the picture.
func (v *visit) opensTicket(ctx context.Context, failure string) (Ticket, error) {
	asked := ticketRequest{DocumentType: string(v.role.Form), Failure: failure, Purpose: "access"}
	first, err := v.client.openTicket(ctx, asked)
	if err != nil {
		return first, v.did("asks for support", err)
	}
	again, err := v.client.openTicket(ctx, asked)
	switch {
	case err != nil:
	case again.ID != first.ID || again.Code != first.Code || first.State != "open":
		err = errors.New("asking twice made two tickets")
	case first.Article == nil || first.Contact.Account == "" || first.Contact.MenuEntry == "":
		err = errors.New("the ticket lacks answer, account or menu entry")
	default:
		err = v.client.qrCode(ctx, first.Contact.QR)
	}
	return first, v.did("asks for support and saves the QR code", err)
}

// scansTicket opens the picture in WeChat. A person who does not follow the account
// yet follows it then.
func (v *visit) scansTicket(ctx context.Context, t Ticket) error {
	for _, way := range []struct{ do, with string }{{"subscribe", t.ID}, {"scan", t.ID}, {"menu", "support_identity"}, {"text", t.Code}} {
		got, err := v.far.support(ctx, v.person.OpenID, way.do, way.with)
		if err == nil && (!strings.Contains(got.Text, t.Code) || !strings.Contains(got.Text, t.Article.Answer)) {
			err = fmt.Errorf("by %s the service account does not name the remedy", way.do)
		}
		if err != nil {
			return v.did("is told the remedy in WeChat", err)
		}
	}
	now, err := v.client.ticket(ctx, t.ID)
	if err == nil {
		err = same("state of the ticket", now.State, "attached")
	}
	return v.did("is told the remedy in WeChat", err)
}

// asksQuestion gets the same answer in WeChat as in the mini-program.
func (v *visit) asksQuestion(ctx context.Context, question string) error {
	want, err := v.client.faq(ctx, question)
	if err == nil && len(want.Articles) == 0 {
		err = errors.New("the questions have no answer")
	}
	if err != nil {
		return v.did("asks a question", err)
	}
	got, err := v.far.support(ctx, v.person.OpenID, "text", question)
	if err == nil && !strings.Contains(got.Text, want.Articles[0].Answer) {
		err = errors.New("the service account answers otherwise than the mini-program")
	}
	return v.did("asks a question", err)
}

func (v *visit) asksForAgent(ctx context.Context, t Ticket) error {
	got, err := v.far.support(ctx, v.person.OpenID, "text", "转人工")
	if err == nil {
		err = same("answer", got.Kind, "transfer_customer_service")
	}
	if err != nil {
		return v.did("is handed to a human", err)
	}
	now, err := v.client.ticket(ctx, t.ID)
	if err == nil {
		err = same("state of the ticket", now.State, "handed_over")
	}
	return v.did("is handed to a human", err)
}
