package bff

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/bff/problem"
	"renzheng/verification/notice"
)

// Version is that of the contract.
const Version = "1.0.0"

// humaConfig returns a configuration without huma's own additions to answers.
func humaConfig(format huma.Format, schemas huma.Registry, transformer huma.Transformer) huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Renzheng 认证", Version: Version, Description: introduction},
			Components: &huma.Components{
				Schemas:         schemas,
				SecuritySchemes: securitySchemes(),
			},
			Tags: groups(),
		},
		Formats:       map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{transformer},
	}
}

func newSchemas() huma.Registry { return huma.NewMapRegistry("#/components/schemas/", schemaName) }

// schemaName returns the name of a type in the contract. It omits the suffixes that
// distinguish types in Go only.
func schemaName(t reflect.Type, hint string) string {
	switch t {
	case reflect.TypeFor[problem.Document]():
		return "Problem"
	case reflect.TypeFor[notice.Parts]():
		return "NoticeParts"
	}
	name := huma.DefaultSchemaNamer(t, hint)
	if request, isRequest := strings.CutSuffix(name, "InputBody"); isRequest {
		return request + "Request"
	}
	return strings.TrimSuffix(name, "Body")
}

func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		"session": { //nolint:gosec // a description of the token
			Type: "http", Scheme: "bearer", BearerFormat: "opaque, 43 characters",
			Description: "The token of POST /v1/sessions. It expires after 30 minutes without use, and after 12 hours in any case.",
		},
		"registry": {
			Type: "apiKey", In: "header", Name: "Signature",
			Description: "RFC 9421 signature, label sig1, over @method, @authority, @path, @query and, if there is a body, " +
				"content-digest (sha-256), with the parameters created, keyid and nonce. created must be at most 300 s old. " +
				"Clock skew of up to 60 s is tolerated. A nonce must not be used twice.",
		},
	}
}

// completed returns the document of an API with what no operation names.
func completed(api huma.API) *huma.OpenAPI {
	document := api.OpenAPI()
	schemas := document.Components.Schemas
	schemas.Schema(reflect.TypeFor[problem.Document](), true, "")
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // huma's own, which are never sent
		delete(schemas.Map(), unused)
	}
	return document
}
