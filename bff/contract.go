package bff

import "context"

const (
	yamlType    = "application/openapi+yaml"
	openAPIType = "application/openapi+json"
	cacheable   = "public, max-age=300" // the texts change with a release
)

// contract is the OpenAPI document in the formats in which it is served.
type contract struct{ yaml, json []byte }

// fileOutput is a file of this service. It is in English, whatever language the
// client prefers.
type fileOutput struct {
	ContentType     string `header:"Content-Type"`
	ContentLanguage string `header:"Content-Language"`
	CacheControl    string `header:"Cache-Control"`
	Body            []byte
}

func (c *contract) asYAML(context.Context, *struct{}) (*fileOutput, error) {
	return &fileOutput{ContentType: yamlType, ContentLanguage: english, CacheControl: cacheable, Body: c.yaml}, nil
}

func (c *contract) asJSON(context.Context, *struct{}) (*fileOutput, error) {
	return &fileOutput{ContentType: openAPIType, ContentLanguage: english, CacheControl: cacheable, Body: c.json}, nil
}
