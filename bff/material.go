package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/appeal"
)

// MaterialName names a material of an appeal.
type MaterialName struct {
	Identified

	MaterialID string `path:"material_id" doc:"Opaque." minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$"`
}

type addMaterialInput struct {
	Keyed
	Identified

	Body struct {
		Item  string `json:"item" pattern:"^[a-z_]{1,48}$" doc:"An item of the checklist." example:"document_front"`
		Bytes int64  `json:"bytes" minimum:"1" doc:"Size of the file."`
	}
}

// materialBody is a picture or a video of an appeal. The file itself is never returned.
type materialBody struct {
	ID           string    `json:"id" doc:"Opaque."`
	Item         string    `json:"item" example:"document_front"`
	Kind         string    `json:"kind" doc:"picture or video." example:"picture"`
	State        string    `json:"state" doc:"uploading, ready or rejected. New values may be added." example:"uploading"`
	Reason       string    `json:"reason,omitempty" doc:"Why it was rejected. New values may be added." example:"heic"`
	ReasonText   string    `json:"reason_text,omitempty" doc:"The same, for the person."`
	Bytes        int64     `json:"bytes"`
	Parts        int       `json:"parts" doc:"Into how many parts the file is divided."`
	Received     []int     `json:"received" nullable:"false" doc:"While it is uploading: the numbers of the parts that have arrived, from 0."`
	Width        int       `json:"width,omitempty"`
	Height       int       `json:"height,omitempty"`
	Milliseconds int64     `json:"milliseconds,omitempty"`
	CreatedAt    time.Time `json:"created_at"`

	Reading *readingBody `json:"reading,omitempty" doc:"What a third party read in a photo of a resident ID, if the person agreed to it. It decides nothing."`
}

type materialOutput struct{ Body materialBody }

func (h *handlers) addMaterial(ctx context.Context, in *addMaterialInput) (*kept[materialBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[materialBody], error) {
		m, err := h.appeals.Add(ctx, c.session.Account.ID, in.ID, in.Body.Item, in.Body.Bytes)
		if err != nil {
			return fresh[materialBody]{}, err
		}
		return fresh[materialBody]{status: http.StatusCreated, location: "/v1/appeals/" + in.ID, body: materialOf(c, m)}, nil
	})
}

type putPartInput struct {
	MaterialName

	Body struct {
		Part int    `json:"part" minimum:"0" maximum:"10000" doc:"Number of the part, from 0."`
		Data []byte `json:"data" minLength:"4" maxLength:"524288" doc:"The part in base64."`
	}
}

func (h *handlers) putPart(ctx context.Context, in *putPartInput) (*struct{}, error) {
	part := appeal.Part{MaterialID: in.MaterialID, Number: in.Body.Part, Data: in.Body.Data}
	return nil, h.appeals.PutPart(ctx, callOf(ctx).session.Account.ID, in.ID, part)
}

func (h *handlers) completeMaterial(ctx context.Context, in *MaterialName) (*materialOutput, error) {
	c := callOf(ctx)
	m, err := h.appeals.Complete(ctx, c.session.Account.ID, in.ID, in.MaterialID)
	if err != nil {
		return nil, err
	}
	return &materialOutput{materialOf(c, m)}, nil
}

func (h *handlers) removeMaterial(ctx context.Context, in *MaterialName) (*struct{}, error) {
	return nil, h.appeals.Remove(ctx, callOf(ctx).session.Account.ID, in.ID, in.MaterialID)
}

func materialOf(c *call, m appeal.Material) materialBody {
	body := materialBody{
		ID: m.ID, Item: m.Item, Kind: string(m.Kind), State: string(m.State), Reason: string(m.Reason), Bytes: m.Bytes, Parts: m.Parts,
		Received: m.Received, Width: m.Info.Width, Height: m.Info.Height, Milliseconds: m.Info.Milliseconds, CreatedAt: utc(m.CreatedAt),
	}
	body.Reading = readingOf(c, m.Reading)
	if m.State == appeal.Checking { // a client goes on as with an interrupted upload: no part is missing, and it completes the file
		body.State = string(appeal.Uploading)
	}
	if body.Received == nil {
		body.Received = []int{}
	}
	if m.Reason != "" {
		body.ReasonText = appeal.Catalogue().Rejections[m.Reason].For(c.language)
	}
	return body
}
