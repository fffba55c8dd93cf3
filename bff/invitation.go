package bff

import (
	"context"
	"fmt"
	"time"

	"renzheng/todo"
)

// invitationPage is the page of the client that every address opens. It is the same in browsers and mini-programs.
const invitationPage = "pages/screen/index"

// invitationBody is an invitation as its registry sees it, once.
type invitationBody struct {
	Code      string    `json:"code" doc:"For the person to type: eight letters, in either case, with or without the hyphen." example:"WDJB-MJHT"`
	Link      string    `json:"link,omitempty" doc:"Opens the client in a browser. Absent without a web channel." example:"https://check.example.cn/#/pages/screen/index?invitation=K3Q7XW2M5V6NDZJ4PA7B3RTYHE"`
	QR        []byte    `json:"qr,omitempty" doc:"The link as a QR code: PNG, base64."`
	Page      string    `json:"page" doc:"Page of the mini-programs with its query." example:"pages/screen/index?invitation=K3Q7XW2M5V6NDZJ4PA7B3RTYHE"`
	Scene     string    `json:"scene" doc:"For a mini-program code of WeChat, whose scene has at most 32 characters." example:"K3Q7XW2M5V6NDZJ4PA7B3RTYHE"`
	ExpiresAt time.Time `json:"expires_at" doc:"End of the todo. The invitation ends earlier if the todo is answered, replaced or withdrawn."`
}

type invitationOutput struct{ Body invitationBody }

func (h *handlers) inviteSigner(ctx context.Context, in *SignerName) (*invitationOutput, error) {
	invitation, err := h.todos.Invite(ctx, callOf(ctx).registry, in.CaseID, in.SignerID)
	if err != nil {
		return nil, err
	}
	body, err := h.invitationOf(invitation)
	if err != nil {
		return nil, err
	}
	return &invitationOutput{body}, nil
}

// invitationOf writes the token into the fragment of the link, which no browser sends to a server.
func (h *handlers) invitationOf(i todo.Invitation) (invitationBody, error) {
	token := i.Token.Reveal()
	body := invitationBody{
		Code: i.Code.Reveal(), Page: invitationPage + "?invitation=" + token, Scene: token, ExpiresAt: utc(i.ExpiresAt),
	}
	if h.web.Address == "" {
		return body, nil
	}
	body.Link = h.web.Address + "/#/" + body.Page
	var err error
	if body.QR, err = qrCode(body.Link); err != nil {
		return invitationBody{}, fmt.Errorf("drawing an invitation: %w", err)
	}
	return body, nil
}

// invitationInput has the secret in the body, because proxies log addresses. What cannot be
// an invitation is unknown like any other.
type invitationInput struct {
	Body struct {
		Invitation secret `json:"invitation" minLength:"1" maxLength:"64" doc:"What the link has after invitation=, or the code that the person typed, in either case, with or without the hyphen." example:"WDJB-MJHT"`
	}
}

type invitedBody struct {
	TodoID string `json:"todo_id" example:"tod_0123456789abcdef0123456789abcdef"`
}

type invitedOutput struct{ Body invitedBody }

func (h *handlers) openInvitation(ctx context.Context, in *invitationInput) (*invitedOutput, error) {
	id, err := h.todos.Invited(ctx, callOf(ctx).viewer(), in.Body.Invitation.Reveal())
	if err != nil {
		return nil, err
	}
	return &invitedOutput{invitedBody{TodoID: id}}, nil
}
