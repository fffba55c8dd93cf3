package bff

import (
	"cmp"
	"context"

	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// forRegistration is the purpose of no verification.
const forRegistration = "register"

type noticesInput struct {
	Channel      string `query:"channel" enum:"alipay,wechat,web" doc:"Default alipay."`
	DocumentType string `query:"document_type" enum:"resident_id,passport,hk_macau_permit,taiwan_permit,hk_macau_residence_permit,taiwan_residence_permit,foreign_permanent_resident" doc:"Default resident_id."`
	Purpose      string `query:"purpose" enum:"access,confirm,lift,register" doc:"Default access. With register: the agreement of people who register; none if nobody can."`
}

// noticeBody is a notice with its whole text.
type noticeBody struct {
	problem.NoticeRef

	Statement string       `json:"statement" doc:"The sentence next to the box to tick. Show one box for each notice, not ticked."`
	Parts     notice.Parts `json:"parts" doc:"What the law requires to be told. Show all parts."`
}

type noticesBody struct {
	Notices  []noticeBody `json:"notices" nullable:"false" doc:"In the order to show them."`
	Optional []noticeBody `json:"optional" nullable:"false" doc:"Notices of the channel that no check needs, each with a switch that must be off at first. Accept one of kind remember by POST /v1/remembered-documents, one of kind owner_check by POST /v1/consents before an owner check."`
}

type noticesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         noticesBody
}

func (h *handlers) listNotices(ctx context.Context, in *noticesInput) (*noticesOutput, error) {
	if in.Purpose == forRegistration {
		found := h.verifications.RegistrationNotices(callOf(ctx).language)
		return &noticesOutput{CacheControl: cacheable, Body: noticesBody{Notices: noticesOf(found), Optional: []noticeBody{}}}, nil
	}
	found := h.verifications.NoticesFor(notice.Query{
		Channel: in.Channel, DocumentType: identity.DocumentType(in.DocumentType),
		Purpose: policy.Purpose(in.Purpose), Language: callOf(ctx).language,
	})
	optional := h.verifications.OptionalNotices(cmp.Or(in.Channel, string(identity.Alipay)), callOf(ctx).language)
	return &noticesOutput{CacheControl: cacheable, Body: noticesBody{Notices: noticesOf(found), Optional: noticesOf(optional)}}, nil
}

func noticesOf(found []notice.Notice) []noticeBody {
	bodies := make([]noticeBody, len(found))
	for i, n := range found {
		bodies[i] = noticeBody{NoticeRef: refOf(n), Statement: n.Statement, Parts: n.Parts}
	}
	return bodies
}

// noticeRefs returns references to notices in a language.
func noticeRefs(verifications *verification.Service, notices []notice.Notice, language string) []problem.NoticeRef {
	refs := make([]problem.NoticeRef, 0, len(notices))
	for _, n := range verifications.InLanguage(notices, language) {
		refs = append(refs, refOf(n))
	}
	return refs
}

func refOf(n notice.Notice) problem.NoticeRef {
	return problem.NoticeRef{
		ID: n.ID, Version: n.Version, Hash: n.Hash, Kind: string(n.Kind), Language: n.Language, Title: n.Title,
	}
}
