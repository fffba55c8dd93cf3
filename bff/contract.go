package bff

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// Version of the API's contract.
const Version = "1.0.0"

const (
	yamlType  = "application/openapi+yaml"
	cacheable = "public, max-age=300" // texts change with a release
)

// contract is the document in the forms it is served in.
type contract struct{ yaml, json []byte }

// OpenAPI gives the contract, OpenAPI 3.1 as YAML, without any service behind it.
func OpenAPI() ([]byte, error) {
	a, err := build(Deps{
		Clock: func() time.Time { return time.Time{} }, Rand: bytes.NewReader(nil),
		Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), RequestsPerMin: 1,
	})
	if err != nil {
		return nil, err
	}
	return a.contract.yaml, nil
}

// config is huma's, without what it would add of itself.
func (a *API) config() huma.Config {
	format := a.jsonFormat()
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Renzheng 认证", Version: Version, Description: introduction},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: securitySchemes(),
			},
			Tags: groups(),
		},
		Formats:       map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{a.replaceErrors},
	}
}

// schemaName leaves out the words that tell types apart in Go only.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if request, isRequest := strings.CutSuffix(name, "InputBody"); isRequest {
		return request + "Request"
	}
	return strings.TrimSuffix(name, "Body")
}

func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		"session": { //nolint:gosec // says what a token is and holds none
			Type: "http", Scheme: "bearer", BearerFormat: "opaque, 43 characters",
			Description: "The token of POST /v1/sessions. Idle for 30 minutes or 12 hours old, it ends.",
		},
		"registry": {
			Type: "apiKey", In: "header", Name: "Signature",
			Description: "RFC 9421 signature, label sig1, over @method, @authority, @path, @query and, where there is a body, " +
				"content-digest (sha-256), with the parameters created, keyid and nonce. created is at most 300 s old and " +
				"60 s ahead; a nonce is used once.",
		},
	}
}

// newContract completes the document and writes it down.
func (a *API) newContract() (contract, error) {
	document := a.huma.OpenAPI()
	schemas := document.Components.Schemas
	schemas.Schema(reflect.TypeFor[problem](), true, "Problem")
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // huma's own, which replaceErrors replaces
		delete(schemas.Map(), unused)
	}
	yaml, err := document.YAML()
	if err != nil {
		return contract{}, fmt.Errorf("writing the contract: %w", err)
	}
	json, err := document.MarshalJSON()
	if err != nil {
		return contract{}, fmt.Errorf("writing the contract: %w", err)
	}
	return contract{yaml, json}, nil
}

// fileOutput is a file of this service. It is in English whatever language the
// client asks for.
type fileOutput struct {
	ContentType     string `header:"Content-Type"`
	ContentLanguage string `header:"Content-Language"`
	CacheControl    string `header:"Cache-Control"`
	Body            []byte
}

func (a *API) contractYAML(context.Context, *struct{}) (*fileOutput, error) {
	return &fileOutput{yamlType, english, cacheable, a.contract.yaml}, nil
}

func (a *API) contractJSON(context.Context, *struct{}) (*fileOutput, error) {
	return &fileOutput{"application/openapi+json", english, cacheable, a.contract.json}, nil
}
