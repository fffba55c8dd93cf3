package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/appeal"
	"renzheng/verification/failure"
)

type checklistInput struct {
	Failure string `query:"failure" required:"true" pattern:"^[a-z0-9_]{1,48}$" doc:"Code of a failure, as in GET /v1/failures." example:"face_differs"`
}

// checklistBody describes what an appeal against a failure needs, or why the failure cannot be appealed.
type checklistBody struct {
	Failure   string              `json:"failure"`
	Possible  bool                `json:"possible" doc:"Whether there is an appeal against this failure."`
	Note      string              `json:"note" doc:"What to know and to try before an appeal, or why this failure cannot be appealed."`
	Items     []checklistItemBody `json:"items" nullable:"false"`
	Mail      *appealMailBody     `json:"mail,omitempty" doc:"How to appeal by mail, if the authority has an address for that."`
	PartBytes int                 `json:"part_bytes" doc:"Size of every part of an upload but the last."`
}

type checklistItemBody struct {
	Code     string `json:"code" doc:"New values may be added." example:"document_front"`
	Kind     string `json:"kind" doc:"picture or video." example:"picture"`
	Title    string `json:"title"`
	Hint     string `json:"hint" doc:"How to take it so that it helps."`
	Required bool   `json:"required"`
	MaxBytes int64  `json:"max_bytes"`
}

type appealMailBody struct {
	Address string `json:"address"`
	Subject string `json:"subject" doc:"To be copied as it is."`
}

type checklistOutput struct{ Body checklistBody }

func (h *handlers) getChecklist(ctx context.Context, in *checklistInput) (*checklistOutput, error) {
	return &checklistOutput{h.checklistOf(callOf(ctx), in.Failure, "")}, nil
}

type openAppealInput struct {
	Keyed

	Body struct {
		Failure        string `json:"failure" pattern:"^[a-z0-9_]{1,48}$" doc:"Code of the failure." example:"face_differs"`
		VerificationID string `json:"verification_id,omitempty" maxLength:"64" doc:"The verification that failed. Absent if it failed before it began."`
	}
}

// appealBody is an appeal as its person sees it.
type appealBody struct {
	ID          string              `json:"id" doc:"Opaque."`
	Failure     string              `json:"failure"`
	Prompt      string              `json:"prompt" doc:"The headline of the failure."`
	State       string              `json:"state" doc:"draft, submitted, question (a reviewer waits for an answer), decided or withdrawn. New values may be added." example:"submitted"`
	CreatedAt   time.Time           `json:"created_at"`
	SubmittedAt *time.Time          `json:"submitted_at,omitempty"`
	DueAt       *time.Time          `json:"due_at,omitempty" doc:"By when it is to be decided."`
	ReadAt      *time.Time          `json:"read_at,omitempty" doc:"When a reviewer last read it."`
	DecidedAt   *time.Time          `json:"decided_at,omitempty"`
	Decision    *appealDecisionBody `json:"decision,omitempty"`
	Messages    []appealMessageBody `json:"messages" nullable:"false" doc:"Questions and answers, oldest first."`
	Materials   []materialBody      `json:"materials" nullable:"false"`
	Checklist   checklistBody       `json:"checklist"`
	Reading     *readingOfferBody   `json:"reading,omitempty" doc:"The offer to have photos of the document read by a third party. Absent where that is not offered: there is no recognizer, the appeal is not about a verification of a resident ID, or it takes no pictures and has no consent to withdraw."`
}

type appealDecisionBody struct {
	Outcome string `json:"outcome" doc:"limit_lifted, tries_reopened, window or stands. New values may be added." example:"tries_reopened"`
	Reason  string `json:"reason"`
	Ground  string `json:"ground" doc:"The legal ground."`
}

type appealMessageBody struct {
	From string    `json:"from" doc:"reviewer or person." example:"reviewer"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

type appealOutput struct{ Body appealBody }

func (h *handlers) openAppeal(ctx context.Context, in *openAppealInput) (*kept[appealBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[appealBody], error) {
		opened, created, err := h.appeals.Open(ctx, c.session.Account.ID, in.Body.Failure, in.Body.VerificationID)
		if err != nil {
			return fresh[appealBody]{}, err
		}
		status := http.StatusOK
		if created {
			status = http.StatusCreated
		}
		for i := range opened.Materials { // this answer is kept for repetitions, and what was read may be erased before
			opened.Materials[i].Reading = appeal.PhotoReading{}
		}
		return fresh[appealBody]{status: status, location: "/v1/appeals/" + opened.ID, body: h.appealOf(c, opened)}, nil
	})
}

type appealsBody struct {
	Appeals []appealBody `json:"appeals" nullable:"false" doc:"Newest first, without messages and materials."`
}

type appealsOutput struct{ Body appealsBody }

func (h *handlers) listAppeals(ctx context.Context, _ *struct{}) (*appealsOutput, error) {
	c := callOf(ctx)
	found, err := h.appeals.List(ctx, c.session.Account.ID)
	if err != nil {
		return nil, err
	}
	body := appealsBody{Appeals: make([]appealBody, len(found))}
	for i, a := range found {
		body.Appeals[i] = h.appealOf(c, a)
	}
	return &appealsOutput{body}, nil
}

func (h *handlers) getAppeal(ctx context.Context, in *Identified) (*appealOutput, error) {
	c := callOf(ctx)
	a, err := h.appeals.Get(ctx, c.session.Account.ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &appealOutput{h.appealOf(c, a)}, nil
}

func (h *handlers) appealOf(c *call, a appeal.Appeal) appealBody {
	body := appealBody{
		ID: a.ID, Failure: a.Failure, Prompt: failure.Lookup(failure.Code(a.Failure)).Prompt.For(c.language), State: stateShown(a.State),
		CreatedAt: utc(a.CreatedAt), SubmittedAt: when(a.SubmittedAt), DueAt: when(a.DueAt), ReadAt: when(a.ReadAt), DecidedAt: when(a.DecidedAt),
		Messages: make([]appealMessageBody, len(a.Messages)), Materials: make([]materialBody, len(a.Materials)), Checklist: h.checklistOf(c, a.Failure, a.ID),
		Reading: h.readingOfferOf(c, a),
	}
	if a.State == appeal.Decided {
		body.Decision = &appealDecisionBody{Outcome: string(a.Decision.Outcome), Reason: a.Decision.Reason.Reveal(), Ground: a.Decision.Ground.Reveal()}
	}
	for i, m := range a.Messages {
		body.Messages[i] = appealMessageBody{From: "person", Text: m.Text.Reveal(), At: utc(m.At)}
		if m.FromStaff {
			body.Messages[i].From = "reviewer"
		}
	}
	for i, m := range a.Materials {
		body.Materials[i] = materialOf(c, m)
	}
	return body
}

// stateShown returns the state that a person sees: a proposal is not a decision yet.
func stateShown(s appeal.State) string {
	if s == appeal.Proposed {
		s = appeal.Submitted
	}
	return string(s)
}
