package bff

import (
	"context"

	"renzheng/support"
)

type contactOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         contactBody
}

// getSupport requires no session, because people who cannot log in need help most.
func (h *handlers) getSupport(ctx context.Context, _ *struct{}) (*contactOutput, error) {
	return &contactOutput{CacheControl: cacheable, Body: h.contactOf(callOf(ctx), "/v1/support/qr")}, nil
}

type commonPictureOutput struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (h *handlers) getSupportQR(ctx context.Context, _ *struct{}) (*commonPictureOutput, error) {
	code, err := h.support.CommonCode(ctx)
	if err != nil {
		return nil, err
	}
	return &commonPictureOutput{ContentType: pictureType(code.Picture), CacheControl: cacheable, Body: code.Picture}, nil
}

type faqInput struct {
	Query   string `query:"q" maxLength:"100" doc:"Words to search for, in any of the languages. Do not send personal data."`
	Failure string `query:"failure" pattern:"^[a-z0-9_]{1,48}$" doc:"Code of a failure, to get only its answer."`
}

// articleBody is a question with its answer.
type articleBody struct {
	ID       string `json:"id" doc:"Stable name." example:"face_differs"`
	Question string `json:"question"`
	Answer   string `json:"answer" doc:"Plain text with line breaks."`
}

type faqBody struct {
	Version  string        `json:"version" example:"2026-11-22"`
	Articles []articleBody `json:"articles" nullable:"false" doc:"All articles, or the five best matches, the best first."`
}

type faqOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         faqBody
}

func (h *handlers) searchFAQ(ctx context.Context, in *faqInput) (*faqOutput, error) {
	faq := h.support.FAQ()
	body := faqBody{Version: faq.Version(), Articles: []articleBody{}}
	for _, article := range faqArticles(faq, in, callOf(ctx).language) {
		body.Articles = append(body.Articles, articleBody(article))
	}
	return &faqOutput{CacheControl: cacheable, Body: body}, nil
}

func faqArticles(faq *support.FAQ, in *faqInput, language string) []support.Article {
	switch {
	case in.Failure != "":
		if article, known := faq.ForFailure(in.Failure, language); known {
			return []support.Article{article}
		}
		return nil
	case in.Query != "":
		return faq.Search(in.Query, language)
	}
	return faq.All(language)
}
