package bff

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

// operation is everything about one operation of the API: an entry of the files routes_*.go.
type operation struct {
	id          string // in the contract, and the scope of idempotency keys
	route       string // "METHOD /path"
	group       string // tag in the contract
	summary     string
	description string

	guards        []guard
	bodyLimit     int64    // bytes; 0 = the request has no body
	rawBody       bool     // the body is not JSON and is not parsed
	anyQuery      bool     // unknown query parameters are allowed
	status        int      // of success; 0 = 200
	otherStatuses []int    // of success, with the same body
	codes         []string // of problems, in addition to those of the guards
	mediaTypes    []string // of success; empty = JSON

	handler handler
}

// handler registers a function for an operation.
type handler func(r *router, op huma.Operation)

// handle returns the handler for a function. Errors of the function become problem documents.
func handle[I, O any](answer func(context.Context, *I) (*O, error)) handler {
	return func(r *router, op huma.Operation) {
		huma.Register(r.api, op, func(ctx context.Context, in *I) (*O, error) {
			out, err := answer(ctx, in)
			if err != nil {
				return nil, r.problems.of(callOf(ctx), err)
			}
			return out, nil
		})
	}
}

// router adds operations to the router and to the contract.
type router struct {
	api       huma.API
	problems  problems
	templates map[string]string // paths of the contract, by those of Gin
}

func (r *router) add(o operation) {
	op := r.huma(o)
	r.templates[ginPath(op.Path)] = op.Path
	o.handler(r, op)
	o.documentOtherStatuses(op.Responses)
	if op.Method == http.MethodGet {
		head := r.huma(o)
		head.Method, head.Hidden = http.MethodHead, true // HTTP defines it, so the contract does not list it
		o.handler(r, head)
	}
}

// huma returns the operation in huma's form.
func (r *router) huma(o operation) huma.Operation {
	method, path, _ := strings.Cut(o.route, " ")
	op := huma.Operation{
		OperationID: o.id, Method: method, Path: path, Summary: o.summary, Description: o.description,
		Tags: []string{o.group}, DefaultStatus: o.status, Responses: o.responses(r.problems.table), Security: o.security(),
		// The body guard has read the body within these bounds.
		MaxBodyBytes: o.bodyLimit + 2, BodyReadTimeout: -1,
		RejectUnknownQueryParameters: !o.anyQuery,
	}
	for _, g := range o.allGuards() {
		op.Middlewares = append(op.Middlewares, r.middleware(o.id, g))
	}
	op.Middlewares = append(op.Middlewares, plainMedia)
	return op
}

// middleware returns a guard in huma's form.
func (r *router) middleware(id string, g guard) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		request, c := humagin.Unwrap(ctx), callOf(ctx.Context())
		c.operation = id
		if err := g.check(request, c); err != nil {
			abort(request, r.problems.of(c, err))
			return
		}
		next(ctx)
	}
}

// ginPath returns a path template as Gin writes it.
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// allGuards returns the guards in their order. A registry's signature covers the body, so the body is read before it is
// checked. All other operations read the body last, so that strangers cannot send one.
func (o operation) allGuards() []guard {
	body := withoutBody()
	switch {
	case o.rawBody:
		body = withRawBody(o.bodyLimit)
	case o.bodyLimit > 0:
		body = withBody(o.bodyLimit)
	}
	all := append(slices.Clone(o.guards), body)
	if o.group == groupRegistry {
		all = append([]guard{body}, o.guards...)
	}
	all = append(all, withQuery())
	if strings.Contains(o.route, "{") {
		all = append(all, withNames())
	}
	return all
}
