package bff

import (
	"context"
	"strings"
	"time"

	"renzheng/todo"
)

// sessionAnswerBody is an answer as its session may see it without an access grant: masked,
// and without an id by which more could be read.
type sessionAnswerBody struct {
	Decision         string    `json:"decision" doc:"confirmed, refused. New values may be added." example:"confirmed"`
	Kind             string    `json:"kind" doc:"yes, no or elsewhere, for clients that do not know the decision." example:"yes"`
	EnterpriseMasked string    `json:"enterprise_name_masked" example:"样例******公司"`
	BusinessKind     string    `json:"business_kind" example:"establishment"`
	AnsweredAt       time.Time `json:"answered_at"`
}

type sessionAnswersBody struct {
	Answers []sessionAnswerBody `json:"answers" nullable:"false" doc:"Newest first."`
}

type sessionAnswersOutput struct{ Body sessionAnswersBody }

func (h *handlers) listSessionConfirmations(ctx context.Context, _ *struct{}) (*sessionAnswersOutput, error) {
	given, err := h.todos.ListSessionConfirmations(ctx, callOf(ctx).viewer())
	if err != nil {
		return nil, err
	}
	body := sessionAnswersBody{Answers: make([]sessionAnswerBody, len(given))}
	for i, c := range given {
		body.Answers[i] = sessionAnswerOf(c)
	}
	return &sessionAnswersOutput{body}, nil
}

func sessionAnswerOf(c todo.Confirmation) sessionAnswerBody {
	return sessionAnswerBody{
		Decision: string(c.Decision), Kind: kindOfDecision(c.Decision), EnterpriseMasked: maskedEnterprise(c.Headline.EnterpriseName),
		BusinessKind: string(c.Headline.BusinessKind), AnsweredAt: utc(c.AnsweredAt),
	}
}

// maskedEnterprise keeps the first two and the last two characters of an enterprise's name,
// usually its place and its legal form. Of a name shorter than eight it keeps the first only.
func maskedEnterprise(name string) string {
	const kept, shortest = 2, 8
	runes := []rune(name)
	if len(runes) < shortest {
		return string(runes[:min(1, len(runes))]) + strings.Repeat("*", max(0, len(runes)-1))
	}
	return string(runes[:kept]) + strings.Repeat("*", len(runes)-2*kept) + string(runes[len(runes)-kept:])
}
