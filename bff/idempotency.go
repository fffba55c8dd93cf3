package bff

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/session"
	"renzheng/todo"
)

// Shape of an Idempotency-Key (R31).
const (
	keyHeader = "Idempotency-Key"
	minKey    = 16
	maxKey    = 64
	isReplay  = "true" // value of Idempotency-Replayed

	headerLocation   = "Location"
	headerRetryAfter = "Retry-After"
)

// Keyed is embedded in the input of calls that take an Idempotency-Key.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"16" maxLength:"64" pattern:"^[!-~]+$" doc:"16 to 64 visible ASCII characters of the client's choice, best random. A repetition with the same key and the same body gets the first answer for 24 hours."`
}

// checkKey wants a well-formed key.
func checkKey(g *gin.Context, c *call) error {
	key, _ := single(g.Request.Header, keyHeader)
	if len(key) < minKey || len(key) > maxKey || !visible(key) {
		return problem.Reject(problem.KeyRequired)
	}
	c.key = key
	return nil
}

func visible(s string) bool {
	for _, b := range []byte(s) {
		if b < '!' || b > '~' {
			return false
		}
	}
	return true
}

// hashed is what a repetition must have in common with the first call.
func (c *call) hashed() []byte {
	return append([]byte(c.path+"\n"), c.body...)
}

// answerKey passes the key on to a rule that stores it with its answer.
func (c *call) answerKey() todo.Key {
	return todo.Key{Route: c.operation, Value: c.key, Body: c.hashed()}
}

// kept is the answer of a call that may be repeated: its bytes are stored and
// sent again as they were. B is the type that they encode.
type kept[B any] struct {
	Status     int
	Location   string `header:"Location" doc:"Where the result is found, with 201."`
	RetryAfter string `header:"Retry-After" doc:"Seconds to wait, with 202."`
	Replayed   string `header:"Idempotency-Replayed" doc:"true where this is the answer of an earlier call with the same key."`
	Body       encoded[B]
}

// encoded is a B that was encoded before.
type encoded[B any] struct{ json []byte }

func (e encoded[B]) encoded() []byte { return e.json }

// MarshalJSON gives the bytes.
func (e encoded[B]) MarshalJSON() ([]byte, error) { return e.json, nil }

// Schema is that of B.
func (encoded[B]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[B](), true, "")
}

// fresh is the answer of a call before it is kept.
type fresh[B any] struct {
	status     int
	location   string
	retryAfter string
	body       B
}

// once works at most once for the call's key, under the caller's session.
func once[B any](
	ctx context.Context, h *handlers, work func(context.Context) (fresh[B], error),
) (*kept[B], error) {
	c := callOf(ctx)
	use := session.Idempotency{Principal: c.session.ID, Route: c.operation, Key: c.key, Body: c.hashed()}
	answer, replayed, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		made, err := work(ctx)
		if err != nil {
			return session.Answer{}, err
		}
		return toKeep(made)
	})
	if err != nil {
		return nil, err
	}
	out := &kept[B]{
		Status: answer.Status, Location: answer.Header[headerLocation], RetryAfter: answer.Header[headerRetryAfter],
		Body: encoded[B]{answer.Body},
	}
	if replayed {
		out.Replayed = isReplay
	}
	return out, nil
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
	return out, h.stillSeen(ctx, out.Replayed, verificationID)
}

// stillSeen returns an error if an answer is a repetition and the caller may not
// see the verification any more: a kept answer does not outlast the grant (R3).
func (h *handlers) stillSeen(ctx context.Context, replayed, verificationID string) error {
	if replayed != isReplay {
		return nil
	}
	_, err := h.verifications.Get(ctx, callOf(ctx).actor(), verificationID)
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
