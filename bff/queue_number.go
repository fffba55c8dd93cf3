package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/appointment"
)

// pollSeconds is how long a client waits before it asks again how many are before a number.
const pollSeconds = 20

// queueNumberBody is a queue number as its account sees it.
type queueNumberBody struct {
	ID        string     `json:"id" doc:"Opaque."`
	Number    string     `json:"number" doc:"As it is called: A and three digits with an appointment, B without." example:"B004"`
	Office    officeBody `json:"office"`
	State     string     `json:"state" doc:"waiting, called, served or absent. New values may be added." example:"waiting"`
	Before    int        `json:"before" doc:"How many are called before it. Somebody with an appointment may come in between."`
	Desk      string     `json:"desk,omitempty" doc:"To which desk it was called." example:"3"`
	TakenAt   time.Time  `json:"taken_at"`
	CalledAt  *time.Time `json:"called_at,omitempty"`
	PollAfter int        `json:"poll_after" doc:"Seconds to wait before this is read again."`
}

type queueNumberOutput struct{ Body queueNumberBody }

func (h *handlers) queueNumberOf(c *call, p appointment.Position) queueNumberBody {
	return queueNumberBody{
		ID: p.ID, Number: p.Label(), Office: h.officeNamed(c, p.Office), State: string(p.State), Before: p.Before, Desk: p.Desk,
		TakenAt: utc(p.TakenAt), CalledAt: when(p.CalledAt), PollAfter: pollSeconds,
	}
}

type takeNumberInput struct {
	Keyed

	Body struct {
		Office string `json:"office" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"As the office's own QR code names it." example:"320500"`
	}
}

func (h *handlers) takeNumber(ctx context.Context, in *takeNumberInput) (*kept[queueNumberBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[queueNumberBody], error) {
		p, created, err := h.appointments.Arrive(ctx, c.session.Account.ID, slipPrefix(c.session.ID), in.Body.Office)
		if err != nil {
			return fresh[queueNumberBody]{}, err
		}
		status := http.StatusOK
		if created {
			status = http.StatusCreated
		}
		return fresh[queueNumberBody]{status: status, location: "/v1/queue-numbers/" + p.ID, body: h.queueNumberOf(c, p)}, nil
	})
}

type queueNumbersBody struct {
	Numbers []queueNumberBody `json:"numbers" nullable:"false" doc:"Of today in Beijing, newest first."`
}

type queueNumbersOutput struct{ Body queueNumbersBody }

func (h *handlers) listQueueNumbers(ctx context.Context, _ *struct{}) (*queueNumbersOutput, error) {
	c := callOf(ctx)
	found, err := h.appointments.NumbersOf(ctx, c.session.Account.ID)
	if err != nil {
		return nil, err
	}
	body := queueNumbersBody{Numbers: make([]queueNumberBody, len(found))}
	for i, p := range found {
		body.Numbers[i] = h.queueNumberOf(c, p)
	}
	return &queueNumbersOutput{body}, nil
}

func (h *handlers) getQueueNumber(ctx context.Context, in *Identified) (*queueNumberOutput, error) {
	c := callOf(ctx)
	p, err := h.appointments.NumberOf(ctx, c.session.Account.ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &queueNumberOutput{h.queueNumberOf(c, p)}, nil
}
