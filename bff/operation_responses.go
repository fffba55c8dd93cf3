package bff

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/bff/problem"
)

// security names the security scheme of an operation.
func (o operation) security() []map[string][]string {
	for _, g := range o.guards {
		if g.scheme != "" {
			return []map[string][]string{{g.scheme: {}}}
		}
	}
	return []map[string][]string{}
}

// codesByStatus lists the codes of the problems that an operation may answer with.
func (o operation) codesByStatus(table problem.Table) map[int][]string {
	codes := append([]string{problem.ValuesInvalid, problem.TooMany, problem.Unavailable, problem.Internal}, o.codes...)
	for _, g := range o.allGuards() {
		codes = append(codes, g.codes...)
	}
	byStatus := map[int][]string{}
	for _, code := range codes {
		status := table[code].Status
		if !slices.Contains(byStatus[status], code) {
			byStatus[status] = append(byStatus[status], code)
		}
	}
	return byStatus
}

// responses documents every status of an operation that huma does not know.
func (o operation) responses(table problem.Table) map[string]*huma.Response {
	all := map[string]*huma.Response{}
	schema := &huma.Schema{Ref: "#/components/schemas/Problem"}
	for status, codes := range o.codesByStatus(table) {
		slices.Sort(codes)
		response := &huma.Response{
			Description: "`" + strings.Join(codes, "`, `") + "`",
			Content:     map[string]*huma.MediaType{problem.MediaType: {Schema: schema}},
		}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			response.Headers = map[string]*huma.Param{headerRetryAfter: {
				Description: "Seconds to wait.", Schema: &huma.Schema{Type: huma.TypeString},
			}}
		}
		all[strconv.Itoa(status)] = response
	}
	if len(o.mediaTypes) > 0 {
		all[strconv.Itoa(http.StatusOK)] = &huma.Response{
			Description: http.StatusText(http.StatusOK),
			Content:     content(o.mediaTypes),
		}
	}
	return all
}

// documentOtherStatuses documents the other statuses of success with the body of the first one.
func (o operation) documentOtherStatuses(responses map[string]*huma.Response) {
	first := responses[strconv.Itoa(max(o.status, http.StatusOK))]
	for _, status := range o.otherStatuses {
		other := *first
		other.Description = http.StatusText(status)
		responses[strconv.Itoa(status)] = &other
	}
}

// content documents answers that are not JSON of the contract.
func content(mediaTypes []string) map[string]*huma.MediaType {
	types := map[string]*huma.MediaType{}
	for _, name := range mediaTypes {
		schema := &huma.Schema{Type: huma.TypeString}
		switch {
		case strings.HasPrefix(name, "image/"), name == zipType:
			schema.Format = "binary"
		case strings.HasSuffix(name, "json"):
			schema.Type = huma.TypeObject
		}
		types[name] = &huma.MediaType{Schema: schema}
	}
	return types
}
