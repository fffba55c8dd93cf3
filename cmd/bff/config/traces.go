package config

import (
	"errors"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpguts"

	"renzheng/setting"
)

// Traces configures where traces of requests are sent: to a collector of the operator's, by OTLP over HTTP. There are none
// without an endpoint.
type Traces struct {
	Endpoint string  `help:"Address to which traces are sent as OTLP over HTTP, such as https://collector.example.gov.cn:4318/v1/traces. There are no traces if it is empty." env:"BFF_TRACES_ENDPOINT"`
	Ratio    float64 `help:"Share of the requests that are traced, from 0 to 1. A trusted proxy that sends traceparent decides for its requests." default:"0.01" env:"BFF_TRACES_RATIO"`
	Headers  Secret  `help:"Headers that the collector requires, one per line, as NAME: VALUE." env:"BFF_TRACES_HEADERS"`
	Service  string  `help:"Name of this service in the traces." default:"renzheng" env:"BFF_TRACES_SERVICE"`
}

// IsSet reports whether traces are sent.
func (s Traces) IsSet() bool { return s.Endpoint != "" }

// Check returns a setting.Error for each field that is invalid, joined.
func (s Traces) Check() error {
	headers, invalid := s.HeaderFields()
	problems := []error{
		setting.Require(s.Ratio >= 0 && s.Ratio <= 1, "Ratio", "must be from 0 to 1"),
		setting.Require(s.Service != "", "Service", "must not be empty"),
		setting.Wrap("Headers", invalid),
	}
	if s.IsSet() {
		problems = append(problems, setting.Wrap("Endpoint", checkCollector(s.Endpoint, len(headers) > 0)))
	}
	return errors.Join(problems...)
}

// HeaderFields returns the headers by name.
func (s Traces) HeaderFields() (map[string]string, error) {
	fields := map[string]string{}
	for line := range strings.Lines(s.Headers.Reveal()) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		if value = strings.TrimSpace(value); !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) || value == "" {
			return nil, errors.New("must have a header in each line, as NAME: VALUE")
		}
		fields[name] = value
	}
	return fields, nil
}

// checkCollector checks an endpoint. Secrets are sent over TLS, or to this machine.
func checkCollector(endpoint string, secret bool) error {
	address, err := url.Parse(endpoint)
	switch {
	case err != nil, address.Host == "", address.Scheme != "https" && address.Scheme != "http":
		return errors.New("must be an https or http address")
	case address.User != nil, address.RawQuery != "", address.Fragment != "":
		return errors.New("must have no user, query or fragment; what the collector demands belongs to BFF_TRACES_HEADERS")
	case secret && address.Scheme == "http" && !isLoopback(net.JoinHostPort(address.Hostname(), "0")):
		return errors.New("must be an https address, because BFF_TRACES_HEADERS is sent there")
	}
	return nil
}
