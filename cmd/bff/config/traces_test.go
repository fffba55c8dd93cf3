package config_test

import (
	"strings"
	"testing"

	"renzheng/cmd/bff/config"
)

func TestTraces_Check(t *testing.T) {
	t.Parallel()
	const collector = "https://collector.example.gov.cn:4318/v1/traces"
	token := config.NewSecret("X-Token: secret-of-the-collector\n")
	for name, tt := range map[string]struct {
		settings config.Traces
		want     string // "" = they hold
	}{
		"none":                           {config.Traces{Service: "renzheng"}, ""},
		"a collector":                    {config.Traces{Endpoint: collector, Ratio: 1, Service: "renzheng"}, ""},
		"a collector nearby":             {config.Traces{Endpoint: "http://collector:4318/v1/traces", Service: "renzheng"}, ""},
		"a header":                       {config.Traces{Endpoint: collector, Service: "renzheng", Headers: token}, ""},
		"a header to this machine":       {config.Traces{Endpoint: "http://127.0.0.1:4318/v1/traces", Service: "renzheng", Headers: token}, ""},
		"a header in the open":           {config.Traces{Endpoint: "http://collector:4318/v1/traces", Service: "renzheng", Headers: token}, "Endpoint: must be an https address"},
		"no header":                      {config.Traces{Endpoint: collector, Service: "renzheng", Headers: config.NewSecret("secret")}, "Headers: must have a header in each line"},
		"a header that ends the request": {config.Traces{Endpoint: collector, Service: "renzheng", Headers: config.NewSecret("A B: secret")}, "Headers: must"},
		"no address":                     {config.Traces{Endpoint: "collector:4318", Service: "renzheng"}, "Endpoint: must be an https or http"},
		"a password in the address":      {config.Traces{Endpoint: "https://a:secret@collector/", Service: "renzheng"}, "Endpoint: must have no user"},
		"more than all":                  {config.Traces{Service: "renzheng", Ratio: 1.1}, "Ratio: must be from 0 to 1"},
		"no name":                        {config.Traces{}, "Service: must not be empty"},
	} {
		err := tt.settings.Check()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error has a secret: %v", name, err)
		}
	}
}
