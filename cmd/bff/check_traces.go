package main

import (
	"context"
	"net/http"

	"renzheng/providers/kit"
)

// collector sends the collector of traces an export without spans. Whatever is wrong with it is a warning, because requests are
// served without it.
func (c *checker) collector(ctx context.Context) findings {
	const area = "traces"
	if !c.Traces.IsSet() {
		return nil
	}
	headers, err := c.Traces.HeaderFields()
	if err != nil || c.Traces.Check() != nil {
		return findings{warn(area, "docs/configuration.md", "the collector is not reached: its settings are invalid")}
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Traces.Endpoint, http.NoBody)
	if err != nil {
		return findings{warn(area, "", "the collector is not reached: its address is invalid")}
	}
	request.Header.Set("Content-Type", "application/x-protobuf")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := kit.NewTransport(nil).RoundTrip(request) // no redirect is followed
	if err != nil {
		reason, do := unreached(err)
		return findings{warn(area, do, "the collector at %s is not reached: %s", request.URL.Host, reason)}
	}
	_ = answer.Body.Close()
	switch {
	case answer.StatusCode < http.StatusMultipleChoices:
		return findings{fine(area, "the collector at %s takes traces", request.URL.Host)}
	case answer.StatusCode == http.StatusUnauthorized, answer.StatusCode == http.StatusForbidden:
		return findings{warn(area, "check BFF_TRACES_HEADERS", "the collector at %s rejects the headers", request.URL.Host)}
	}
	return findings{warn(area, "check the path of BFF_TRACES_ENDPOINT, which is /v1/traces by default",
		"the collector at %s answers with status %d", request.URL.Host, answer.StatusCode)}
}
