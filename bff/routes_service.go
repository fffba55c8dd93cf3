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
			id: "listKeys", route: "GET /.well-known/jwks.json", group: groupService,
			summary:     "Keys that seal receipts",
			description: "Published ahead of their use and never removed.",
			handler:     handle(h.listKeys),
		},
		{
			id: "health", route: "GET " + healthPath, group: groupService,
			summary:     "The process answers",
			description: "For probes; looks at nothing behind the process.",
			handler:     handle(s.probes.health),
		},
		{
			id: "ready", route: "GET " + readyPath, group: groupService,
			summary:     "Requests can be served",
			description: "For load balancers. An answer is reused for a second.",
			codes:       []string{problem.NotReady},
			handler:     handle(s.probes.ready),
		},
		{
			id: "openapiYAML", route: "GET /openapi.yaml", group: groupService,
			summary:     "This contract",
			description: "OpenAPI 3.1.",
			mediaTypes:  []string{yamlType},
			handler:     handle(s.contract.asYAML),
		},
		{
			id: "openapiJSON", route: "GET /openapi.json", group: groupService,
			summary:     "This contract as JSON",
			description: "OpenAPI 3.1.",
			mediaTypes:  []string{"application/openapi+json"},
			handler:     handle(s.contract.asJSON),
		},
		{
			id: "docs", route: "GET " + docsPath, group: groupService,
			summary:     "This contract to read",
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
