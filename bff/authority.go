package bff

import (
	"context"

	"renzheng/bff/problem"
	"renzheng/identity"
)

// Authority is the authority in whose name the service runs, as people see it.
type Authority struct {
	Name  identity.Text
	Color string // accent of the client, #rrggbb; "" = the client's own
	Logo  []byte // PNG or JPEG; nil = none
}

const authorityLogoPath = "/v1/authority/logo"

type authorityBody struct {
	Name  string `json:"name" doc:"In the language of the answer." example:"样例市市场监督管理局"`
	Color string `json:"color,omitempty" pattern:"^#[0-9a-f]{6}$" doc:"Accent color, which has a contrast of at least 4.5 to white. Absent: the client's own." example:"#1f5fbf"`
	Logo  string `json:"logo,omitempty" doc:"Address of the logo. Absent if there is none."`
}

type authorityOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         authorityBody
}

func (h *handlers) getAuthority(ctx context.Context, _ *struct{}) (*authorityOutput, error) {
	body := authorityBody{Name: h.authority.Name.For(callOf(ctx).language), Color: h.authority.Color}
	if h.authority.Logo != nil {
		body.Logo = authorityLogoPath
	}
	return &authorityOutput{CacheControl: cacheable, Body: body}, nil
}

func (h *handlers) getAuthorityLogo(context.Context, *struct{}) (*commonPictureOutput, error) {
	if h.authority.Logo == nil {
		return nil, problem.Reject(problem.NotFound)
	}
	return &commonPictureOutput{ContentType: pictureType(h.authority.Logo), CacheControl: cacheable, Body: h.authority.Logo}, nil
}
