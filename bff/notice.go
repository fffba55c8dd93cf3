package bff

import (
	"context"

	"renzheng/identity"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

type noticesInput struct {
	Channel      string `query:"channel" enum:"alipay,wechat,web" doc:"Default alipay."`
	DocumentType string `query:"document_type" enum:"resident_id,passport,hk_macau_permit,taiwan_permit,hk_macau_residence_permit,taiwan_residence_permit,foreign_permanent_resident" doc:"Default resident_id."`
	Purpose      string `query:"purpose" enum:"access,confirm" doc:"Default access."`
}

// NoticeRef names a notice as it is shown in one language.
type NoticeRef struct {
	ID       string `json:"id" example:"rules"`
	Version  string `json:"version" example:"1"`
	Hash     string `json:"hash" doc:"SHA-256 of the text in this language, 64 hex digits; send it with the acceptance."`
	Kind     string `json:"kind" doc:"What is agreed to: rules, face, bank_card or handover; further ones may be added." example:"face"`
	Language string `json:"language" example:"zh-Hans"`
	Title    string `json:"title"`
}

// noticeBody is a notice with its whole text.
type noticeBody struct {
	NoticeRef

	Statement string      `json:"statement" doc:"The sentence beside the box to tick. Boxes start empty, one for each notice."`
	Parts     noticeParts `json:"parts" doc:"What the law asks to be told; show all of it."`
}

// noticeParts are the parts of a notice (PIPL art. 17 and 30).
type noticeParts struct {
	Who            string `json:"who"`
	Purpose        string `json:"purpose"`
	Method         string `json:"method"`
	Kinds          string `json:"kinds" doc:"Kinds of personal information."`
	Recipients     string `json:"recipients"`
	Retention      string `json:"retention"`
	Rights         string `json:"rights"`
	WayWithoutFace string `json:"way_without_face"`
	Withdrawal     string `json:"withdrawal"`
}

type noticesBody struct {
	Notices []noticeBody `json:"notices" nullable:"false" doc:"In the order to show them."`
}

type noticesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         noticesBody
}

func (a *API) listNotices(ctx context.Context, in *noticesInput) (*noticesOutput, error) {
	found := a.deps.Verifications.NoticesFor(notice.Query{
		Channel: in.Channel, DocumentType: identity.DocumentType(in.DocumentType),
		Purpose: policy.Purpose(in.Purpose), Language: callOf(ctx).language,
	})
	body := noticesBody{Notices: make([]noticeBody, len(found))}
	for i, n := range found {
		body.Notices[i] = noticeBody{NoticeRef: refOf(n), Statement: n.Statement, Parts: noticeParts(n.Parts)}
	}
	return &noticesOutput{CacheControl: cacheable, Body: body}, nil
}

// noticeRefs names notices in the caller's language.
func (a *API) noticeRefs(notices []notice.Notice, language string) []NoticeRef {
	refs := make([]NoticeRef, 0, len(notices))
	for _, n := range a.deps.Verifications.InLanguage(notices, language) {
		refs = append(refs, refOf(n))
	}
	return refs
}

func refOf(n notice.Notice) NoticeRef {
	return NoticeRef{
		ID: n.ID, Version: n.Version, Hash: n.Hash, Kind: string(n.Kind), Language: n.Language, Title: n.Title,
	}
}
