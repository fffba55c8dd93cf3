package bff

import (
	"renzheng/bff/problem"
)

// serviceHandlers answers the operations that need no rules.
type serviceHandlers struct {
	probes   *probes
	contract *contract
}

func serviceOperations(h *handlers, s serviceHandlers) []operation {
	return []operation{
		{
			id: "getAuthority", route: "GET /v1/authority", group: groupService,
			summary:     "Read whose service this is",
			description: "For every page of a client: the authority's name, color and logo. Cacheable.",
			handler:     handle(h.getAuthority),
		},
		{
			id: "getAuthorityLogo", route: "GET " + authorityLogoPath, group: groupService,
			summary:     "Read the authority's logo",
			description: "Returns 404 if there is none. Cacheable.",
			codes:       []string{problem.NotFound},
			mediaTypes:  pictureTypes(),
			handler:     handle(h.getAuthorityLogo),
		},
		{
			id: "listKeys", route: "GET /.well-known/jwks.json", group: groupService,
			summary:     "List the keys that seal receipts",
			description: "Keys are published before their first use and are never removed.",
			handler:     handle(h.listKeys),
		},
		{
			id: "health", route: "GET " + healthPath, group: groupService,
			summary:     "Check that the process answers",
			description: "For liveness probes. Queries nothing outside the process.",
			handler:     handle(s.probes.health),
		},
		{
			id: "ready", route: "GET " + readyPath, group: groupService,
			summary:     "Check that requests can be served",
			description: "For load balancers. The result is reused for a second.",
			codes:       []string{problem.NotReady},
			handler:     handle(s.probes.ready),
		},
		{
			id: "openapiYAML", route: "GET /openapi.yaml", group: groupService,
			summary:     "Read this contract as YAML",
			description: "OpenAPI 3.1.",
			mediaTypes:  []string{yamlType},
			handler:     handle(s.contract.asYAML),
		},
		{
			id: "openapiJSON", route: "GET /openapi.json", group: groupService,
			summary:     "Read this contract as JSON",
			description: "OpenAPI 3.1.",
			mediaTypes:  []string{"application/openapi+json"},
			handler:     handle(s.contract.asJSON),
		},
		{
			id: "docs", route: "GET " + docsPath, group: groupService,
			summary:     "Read this contract as a page",
			description: "Works without any other network.",
			mediaTypes:  []string{"text/html"},
			handler:     handle(docsPage),
		},
		{
			id: "docsScript", route: "GET " + docsPath + "/docs.js", group: groupService,
			summary:     "Script of the page",
			description: "Loaded by the page.",
			mediaTypes:  []string{"text/javascript"},
			handler:     handle(docsScript),
		},
		{
			id: "docsStyle", route: "GET " + docsPath + "/docs.css", group: groupService,
			summary:     "Style of the page",
			description: "Loaded by the page.",
			mediaTypes:  []string{"text/css"},
			handler:     handle(docsStyle),
		},
	}
}
