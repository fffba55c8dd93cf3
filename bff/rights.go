package bff

import (
	"context"
	"time"

	"renzheng/rights"
)

// holdingBody is one kind of data that is stored about the person.
type holdingBody struct {
	Code      string     `json:"code" doc:"New values may be added." example:"answers"`
	Title     string     `json:"title"`
	Purpose   string     `json:"purpose"`
	Basis     string     `json:"basis" doc:"The legal basis, in words."`
	Kept      string     `json:"kept" doc:"Until when, in words."`
	Count     *int       `json:"count,omitempty" doc:"How many are stored. Absent if they are not counted by person."`
	Since     *time.Time `json:"since,omitempty" doc:"The oldest one."`
	OnErasure string     `json:"on_erasure" doc:"erased, or the code of the ground by which some of it stays." example:"answer"`
}

// groundBody is why something stays.
type groundBody struct {
	Code   string     `json:"code" doc:"open_todo, answer, undecided, legal_hold, tries, repetition, proof. New values may be added." example:"answer"`
	Title  string     `json:"title"`
	Reason string     `json:"reason"`
	Law    string     `json:"law"`
	Count  int        `json:"count"`
	Until  *time.Time `json:"until,omitempty" doc:"Absent if the end is not known."`
}

type myDataBody struct {
	Holdings []holdingBody `json:"holdings" nullable:"false"`
	Erasure  plannedBody   `json:"erasure"`
}

// plannedBody is the erasure that the person could request.
type plannedBody struct {
	ID    string       `json:"id" doc:"Under which an erasure of now would be recorded. Keep it: the answer to the request may be lost."`
	Stays []groundBody `json:"stays" nullable:"false" doc:"What it would leave."`
}

type myDataOutput struct{ Body myDataBody }

func (c *call) rightsViewer() rights.Viewer {
	v := rights.Viewer{SessionID: c.session.ID, AccountID: c.session.Account.ID}
	if g := c.session.Grant; g != nil {
		v.GrantID, v.SubjectID = g.ID, g.SubjectID
	}
	return v
}

func (h *handlers) getMyData(ctx context.Context, _ *struct{}) (*myDataOutput, error) {
	c := callOf(ctx)
	overview, err := h.rights.Overview(ctx, c.rightsViewer())
	if err != nil {
		return nil, err
	}
	counts := map[string]rights.Held{}
	for _, held := range overview.Held {
		counts[held.Code] = held
	}
	texts := rights.Catalogue()
	body := myDataBody{Erasure: plannedBody{ID: overview.ErasureID, Stays: groundsOf(overview.Stays, c.language)}}
	for _, holding := range texts.Holdings {
		row := holdingBody{
			Code: holding.Code, Title: holding.Title.For(c.language), Purpose: holding.Purpose.For(c.language),
			Basis: texts.Bases[holding.Basis].For(c.language), Kept: holding.Kept.For(c.language), OnErasure: holding.OnErasure,
		}
		if held, ok := counts[holding.Code]; ok {
			row.Count, row.Since = &held.Count, when(held.Since)
		}
		body.Holdings = append(body.Holdings, row)
	}
	return &myDataOutput{body}, nil
}

func groundsOf(stays []rights.Stay, language string) []groundBody {
	bodies := make([]groundBody, 0, len(stays))
	for _, stay := range stays {
		g, _ := rights.Catalogue().Ground(stay.Ground)
		bodies = append(bodies, groundBody{
			Code: string(g.Code), Title: g.Title.For(language), Reason: g.Reason.For(language), Law: g.Law.For(language),
			Count: stay.Count, Until: when(stay.Until),
		})
	}
	return bodies
}

// lookBody is one day on which an office read evidence, or one reveal to a member of staff.
type lookBody struct {
	Office       string     `json:"office" doc:"Name of the authority."`
	Role         string     `json:"role"`
	Purpose      string     `json:"purpose"`
	Confirmation string     `json:"confirmation_id,omitempty" doc:"The answer whose evidence was read. Absent if a member of staff was shown something else."`
	Times        int        `json:"times" doc:"On that day."`
	LastAt       time.Time  `json:"last_at"`
	DelayedUntil *time.Time `json:"delayed_until,omitempty" doc:"Present if it was shown later than it happened."`
	DelayGround  string     `json:"delay_ground,omitempty" doc:"Why it was shown late."`
}

type looksBody struct {
	Accesses []lookBody `json:"accesses" nullable:"false" doc:"Newest first."`
}

type looksOutput struct{ Body looksBody }

func (h *handlers) listMyAccesses(ctx context.Context, _ *struct{}) (*looksOutput, error) {
	c := callOf(ctx)
	found, err := h.rights.Accesses(ctx, c.rightsViewer())
	if err != nil {
		return nil, err
	}
	body := looksBody{Accesses: make([]lookBody, len(found))}
	for i, a := range found {
		d := h.rights.Describe(a, c.language)
		body.Accesses[i] = lookBody{
			Office: d.Office, Role: d.Role, Purpose: d.Purpose,
			Confirmation: a.ConfirmationID, Times: a.Times, LastAt: utc(a.LastAt), DelayedUntil: when(a.DelayedUntil), DelayGround: a.DelayGround,
		}
	}
	return &looksOutput{body}, nil
}
