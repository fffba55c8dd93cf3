package bff

import (
	"context"
	"fmt"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

const (
	yamlType    = "application/openapi+yaml"
	openAPIType = "application/openapi+json"
	cacheable   = "public, max-age=300" // the texts change with a release
)

// contract is the OpenAPI document in the formats in which it is served. Each is written when it is first asked for: that
// takes longer than all else that a server does when it starts.
type contract struct{ yaml, json func() ([]byte, error) }

func newContract(document *huma.OpenAPI) contract {
	return contract{yaml: sync.OnceValues(document.YAML), json: sync.OnceValues(document.MarshalJSON)}
}

// fileOutput is a file of this service. It is in English, whatever language the
// client prefers.
type fileOutput struct {
	ContentType     string `header:"Content-Type"`
	ContentLanguage string `header:"Content-Language"`
	CacheControl    string `header:"Cache-Control"`
	Body            []byte
}

func (c *contract) asYAML(context.Context, *struct{}) (*fileOutput, error) {
	return contractFile(yamlType, c.yaml)
}

func (c *contract) asJSON(context.Context, *struct{}) (*fileOutput, error) {
	return contractFile(openAPIType, c.json)
}

func contractFile(contentType string, write func() ([]byte, error)) (*fileOutput, error) {
	body, err := write()
	if err != nil {
		return nil, fmt.Errorf("writing the contract: %w", err)
	}
	return &fileOutput{ContentType: contentType, ContentLanguage: english, CacheControl: cacheable, Body: body}, nil
}
