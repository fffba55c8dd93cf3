package bff

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/session"
)

const (
	headerLocation   = "Location"
	headerRetryAfter = "Retry-After"
)

// kept is the answer of a call that may be repeated. Its bytes are stored and sent
// again unchanged. B is the type that they encode.
type kept[B any] struct {
	Status     int
	Location   string `header:"Location" doc:"Address of the result. Present with 201."`
	RetryAfter string `header:"Retry-After" doc:"Seconds to wait. Present with 202."`
	Replayed   string `header:"Idempotency-Replayed" doc:"true if this is the answer of an earlier call with the same key."`
	Body       encoded[B]
}

// encoded is a B that was encoded before.
type encoded[B any] struct{ json []byte }

func (e encoded[B]) encoded() []byte { return e.json }

// MarshalJSON returns the bytes.
func (e encoded[B]) MarshalJSON() ([]byte, error) { return e.json, nil }

// Schema returns the schema of B.
func (encoded[B]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[B](), true, "")
}

// fresh is an answer before it is stored.
type fresh[B any] struct {
	status     int
	location   string
	retryAfter string
	body       B
}

// once executes work at most once for the caller's session and key. A repetition
// gets the stored answer.
func once[B any](
	ctx context.Context, h *handlers, work func(context.Context) (fresh[B], error),
) (*kept[B], error) {
	c := callOf(ctx)
	use := session.Idempotency{Principal: c.session.ID, Route: c.operation, Key: c.key, Body: c.hashed()}
	answer, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		made, err := work(ctx)
		if err != nil {
			return session.Answer{}, err
		}
		return toKeep(made)
	})
	if err != nil {
		return nil, err
	}
	return &kept[B]{
		Status: answer.Status, Location: answer.Header[headerLocation], RetryAfter: answer.Header[headerRetryAfter],
		Replayed: replayHeader(answer.Replayed), Body: encoded[B]{answer.Body},
	}, nil
}

// onceOf is [once] for a call on a verification: a repetition is answered only
// while the caller may still see the verification.
func onceOf[B any](
	ctx context.Context, h *handlers, verificationID string, work func(context.Context) (fresh[B], error),
) (*kept[B], error) {
	out, err := once(ctx, h, work)
	if err != nil {
		return nil, err
	}
	if err := h.stillSeen(ctx, out.Replayed, verificationID); err != nil {
		return nil, err
	}
	return out, nil
}

// stillSeen returns an error if an answer is a repetition and the caller may not
// see the verification any more: a kept answer does not outlast the grant (R3). It
// notes the verification for the access log.
func (h *handlers) stillSeen(ctx context.Context, replayed, verificationID string) error {
	if replayed != isReplay {
		return nil
	}
	c := callOf(ctx)
	seen, err := h.verifications.Get(ctx, c.actor(), verificationID)
	c.verification = seen.ID
	return err
}

func toKeep[B any](f fresh[B]) (session.Answer, error) {
	var buffer bytes.Buffer
	if err := encode(&buffer, f.body); err != nil {
		return session.Answer{}, fmt.Errorf("encoding an answer to keep: %w", err)
	}
	headers := map[string]string{}
	if f.location != "" {
		headers[headerLocation] = f.location
	}
	if f.retryAfter != "" {
		headers[headerRetryAfter] = f.retryAfter
	}
	return session.Answer{Status: f.status, Header: headers, Body: buffer.Bytes()}, nil
}
