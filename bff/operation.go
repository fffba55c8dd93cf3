package bff

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// row is one call of the API: a line of routes.go.
type row struct {
	id     string // operation id, also the route of an idempotency key
	call   string // "METHOD /path"
	says   string // summary in the contract
	guards []guard
	status int      // of success; 0 = 200
	also   []int    // other statuses that are no problem
	codes  []string // problems beside those of the guards
	body   int64    // cap of the request's body; 0 = there is none
	group  string   // tag in the contract
	media  string   // type of a success that is no JSON

	raw      bool // the body is not JSON and is read as it came
	anyQuery bool // the sender may put more into the address than we know
}

// add puts a call on the router and into the contract.
func add[I, O any](a *API, r row, handle func(context.Context, *I) (*O, error)) {
	handler := func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			c := callOf(ctx)
			return nil, c.note(a.problemOf(c, err))
		}
		return out, nil
	}
	op := a.operation(r)
	a.templates[ginPath(op.Path)] = op.Path
	huma.Register(a.huma, op, handler)
	r.documentAlso(op.Responses)
	if op.Method == http.MethodGet {
		head := a.operation(r)
		head.Method, head.Hidden = http.MethodHead, true // HTTP defines it, so the contract does not list it
		huma.Register(a.huma, head, handler)
	}
}

// operation returns the description of a call for huma.
func (a *API) operation(r row) huma.Operation {
	method, path, _ := strings.Cut(r.call, " ")
	op := huma.Operation{
		OperationID: r.id, Method: method, Path: path, Summary: r.says, Description: describe(r.id),
		Tags: []string{r.group}, DefaultStatus: r.status, Responses: a.responses(r), Security: r.security(),
		// Both are ours: the guard has read the body, up to its cap.
		MaxBodyBytes: r.body + 2, BodyReadTimeout: -1,
		RejectUnknownQueryParameters: !r.anyQuery,
	}
	for _, g := range r.all() {
		op.Middlewares = append(op.Middlewares, a.stand(g))
	}
	op.Middlewares = append(op.Middlewares, plainMedia)
	return op
}

// ginPath spells a path template as the router does.
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// security names the scheme of the guard that has one.
func (r row) security() []map[string][]string {
	for _, g := range r.guards {
		if g.name != "" {
			return []map[string][]string{{g.name: {}}}
		}
	}
	return []map[string][]string{}
}

// all gives the guards with the one for the body: before the registry's, whose
// signature covers it, and behind the others, so that strangers send none.
func (r row) all() []guard {
	body := withoutBody()
	switch {
	case r.raw:
		body = withRawBody(r.body)
	case r.body > 0:
		body = withBody(r.body)
	}
	guards := append(slices.Clone(r.guards), body)
	if r.group == groupRegistry {
		guards = append([]guard{body}, r.guards...)
	}
	guards = append(guards, withQuery())
	if strings.Contains(r.call, "{") {
		guards = append(guards, withNames())
	}
	return guards
}

// problemsOf lists the codes that a call may answer with, by status.
func (a *API) problemsOf(r row) map[int][]string {
	codes := append([]string{codeValuesInvalid, codeTooMany, codeUnavailable, codeInternal}, r.codes...)
	for _, g := range r.all() {
		codes = append(codes, g.codes...)
	}
	byStatus := map[int][]string{}
	for _, code := range codes {
		status := a.problems[code].Status
		if !slices.Contains(byStatus[status], code) {
			byStatus[status] = append(byStatus[status], code)
		}
	}
	return byStatus
}

// responses documents every status of a call, with the codes behind it.
func (a *API) responses(r row) map[string]*huma.Response {
	all := map[string]*huma.Response{}
	schema := &huma.Schema{Ref: "#/components/schemas/Problem"}
	for status, codes := range a.problemsOf(r) {
		slices.Sort(codes)
		response := &huma.Response{
			Description: "`" + strings.Join(codes, "`, `") + "`",
			Content:     map[string]*huma.MediaType{problemType: {Schema: schema}},
		}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			response.Headers = map[string]*huma.Param{headerRetryAfter: {
				Description: "Seconds to wait.", Schema: &huma.Schema{Type: huma.TypeString},
			}}
		}
		all[strconv.Itoa(status)] = response
	}
	if r.media != "" {
		all[strconv.Itoa(http.StatusOK)] = &huma.Response{
			Description: http.StatusText(http.StatusOK),
			Content:     mediaTypes(r.media),
		}
	}
	return all
}

// documentAlso says that the other statuses answer with the same body.
func (r row) documentAlso(responses map[string]*huma.Response) {
	main := responses[strconv.Itoa(max(r.status, http.StatusOK))]
	for _, status := range r.also {
		same := *main
		same.Description = http.StatusText(status)
		responses[strconv.Itoa(status)] = &same
	}
}

// mediaTypes documents answers that are no JSON of the contract.
func mediaTypes(list string) map[string]*huma.MediaType {
	types := map[string]*huma.MediaType{}
	for _, name := range strings.Split(list, ",") {
		schema := &huma.Schema{Type: huma.TypeString}
		switch {
		case strings.HasPrefix(name, "image/"):
			schema.Format = "binary"
		case strings.HasSuffix(name, "json"):
			schema.Type = huma.TypeObject
		}
		types[name] = &huma.MediaType{Schema: schema}
	}
	return types
}
