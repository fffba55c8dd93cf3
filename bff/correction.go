package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/rights"
)

type correctInput struct {
	Keyed

	Body struct {
		Field string `json:"field" enum:"name,document,verification,todo,answer,other" doc:"What is wrong."`
		Text  secret `json:"text" minLength:"1" maxLength:"500" doc:"What is wrong and what would be right, in the person's words: plain text of up to ten lines."`
	}
}

// correctionBody is a request for correction.
type correctionBody struct {
	ID        string     `json:"id" doc:"Opaque."`
	Field     string     `json:"field" doc:"New values may be added." example:"name"`
	Text      string     `json:"text"`
	State     string     `json:"state" doc:"open or settled. New values may be added." example:"settled"`
	Outcome   string     `json:"outcome,omitempty" doc:"corrected, declined or passed_on (to the registration authority whose record it is). New values may be added." example:"corrected"`
	Ground    string     `json:"ground,omitempty" doc:"Why, in the operator's words."`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty" doc:"When the operator last read the text."`
	SettledAt *time.Time `json:"settled_at,omitempty"`
}

type correctionsBody struct {
	Corrections []correctionBody `json:"corrections" nullable:"false" doc:"Newest first."`
}

type correctionsOutput struct{ Body correctionsBody }

func (h *handlers) requestCorrection(ctx context.Context, in *correctInput) (*kept[correctionBody], error) {
	v := callOf(ctx).rightsViewer()
	return once(ctx, h, func(ctx context.Context) (fresh[correctionBody], error) {
		made, err := h.rights.RequestCorrection(ctx, v, rights.CorrectionField(in.Body.Field), in.Body.Text.Secret)
		if err != nil {
			return fresh[correctionBody]{}, err
		}
		return fresh[correctionBody]{status: http.StatusCreated, location: "/v1/me/corrections", body: correctionOf(made)}, nil
	})
}

func (h *handlers) listMyCorrections(ctx context.Context, _ *struct{}) (*correctionsOutput, error) {
	found, err := h.rights.Corrections(ctx, callOf(ctx).rightsViewer())
	if err != nil {
		return nil, err
	}
	body := correctionsBody{Corrections: make([]correctionBody, len(found))}
	for i, c := range found {
		body.Corrections[i] = correctionOf(c)
	}
	return &correctionsOutput{body}, nil
}

func correctionOf(c rights.Correction) correctionBody {
	return correctionBody{
		ID: c.ID, Field: string(c.Field), Text: c.Text.Reveal(), State: string(c.State), Outcome: string(c.Outcome), Ground: c.Ground.Reveal(),
		CreatedAt: utc(c.CreatedAt), ReadAt: when(c.ReadAt), SettledAt: when(c.SettledAt),
	}
}
