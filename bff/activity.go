package bff

import (
	"context"
	"time"

	"renzheng/rights"
)

// triedBody is a verification under the person's number.
type triedBody struct {
	Channel   string           `json:"channel" example:"wechat"`
	Purpose   string           `json:"purpose" doc:"access, confirm or lift. New values may be added." example:"access"`
	Mine      bool             `json:"mine" doc:"Whether it was begun from the account of this session."`
	State     string           `json:"state" doc:"As of a verification. New values may be added." example:"failed"`
	StartedAt time.Time        `json:"started_at"`
	PassedAt  *time.Time       `json:"passed_at,omitempty"`
	Checks    []triedCheckBody `json:"checks" nullable:"false"`
}

// triedCheckBody is one of its checks.
type triedCheckBody struct {
	Kind  string `json:"kind" example:"face"`
	State string `json:"state" doc:"pending, open, passed, failed or skipped. New values may be added." example:"failed"`
}

// namedBody is a case that has the person's number.
type namedBody struct {
	RegistryName   string     `json:"registry_name" doc:"Name of the registration authority."`
	OtherName      bool       `json:"other_name" doc:"The authority has the number under another name. Nothing else of the case is shown then."`
	TodoID         string     `json:"todo_id,omitempty"`
	EnterpriseName string     `json:"enterprise_name,omitempty"`
	Role           string     `json:"role,omitempty"`
	State          string     `json:"state,omitempty" doc:"As of a todo." example:"open"`
	OpenedAt       time.Time  `json:"opened_at"`
	AnsweredAt     *time.Time `json:"answered_at,omitempty"`
	Report         string     `json:"report,omitempty" doc:"open or settled: the state of the report that the case is not the person's." example:"open"`
}

type activityBody struct {
	Tried   []triedBody  `json:"verifications" nullable:"false" doc:"Newest first, at most 200."`
	Named   []namedBody  `json:"cases" nullable:"false" doc:"Newest first, at most 200."`
	Freezes []freezeBody `json:"freezes" nullable:"false" doc:"Newest first."`
}

type activityOutput struct{ Body activityBody }

func (h *handlers) getMyActivity(ctx context.Context, _ *struct{}) (*activityOutput, error) {
	found, err := h.rights.Activity(ctx, callOf(ctx).rightsViewer())
	if err != nil {
		return nil, err
	}
	body := activityBody{
		Tried: make([]triedBody, len(found.Tried)), Named: make([]namedBody, len(found.Named)), Freezes: freezesOf(found.Freezes),
	}
	for i, t := range found.Tried {
		body.Tried[i] = triedOf(t)
	}
	for i, n := range found.Named {
		body.Named[i] = namedBody{
			RegistryName: h.rights.Office(n.RegistryID).Name, OtherName: n.OtherName, TodoID: n.TodoID, EnterpriseName: n.EnterpriseName,
			Role: n.Role, State: n.State, OpenedAt: utc(n.OpenedAt), AnsweredAt: when(n.AnsweredAt), Report: n.Reported,
		}
	}
	return &activityOutput{body}, nil
}

func triedOf(t rights.Tried) triedBody {
	body := triedBody{
		Channel: t.Channel, Purpose: t.Purpose, Mine: t.Mine, State: t.State, StartedAt: utc(t.StartedAt), PassedAt: when(t.PassedAt),
		Checks: make([]triedCheckBody, len(t.Checks)),
	}
	for i, c := range t.Checks {
		body.Checks[i] = triedCheckBody{Kind: c.Kind, State: c.State}
	}
	return body
}
