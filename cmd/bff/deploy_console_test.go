package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The console has a port of its own everywhere, which no ingress of the public reaches.
func TestDeploy_ConsoleHasAPortOfItsOwn(t *testing.T) {
	t.Parallel()
	_, samples := variablesOf(t, "deploy/bff.env")
	if samples["BFF_CONSOLE_LISTEN"] != ":8070" {
		t.Errorf("the sample listens on %q", samples["BFF_CONSOLE_LISTEN"])
	}
	if !strings.Contains(readText(t, "compose.yaml"), `"127.0.0.1:8070:8070"`) {
		t.Error("compose.yaml does not publish the console to this machine alone")
	}
	if !strings.Contains(readText(t, "deploy/kubernetes/statefulset.yaml"), "{name: console, containerPort: 8070}") {
		t.Error("the pods have no port of the console")
	}
	resources, _ := readYAML(t, "deploy/kubernetes/kustomization.yaml")["resources"].([]any)
	if !slices.Contains(resources, any("console.yaml")) {
		t.Error("kustomization.yaml lacks console.yaml")
	}
	if strings.Contains(readText(t, "deploy/kubernetes/service.yaml"), "console") || !strings.Contains(readText(t, "deploy/kubernetes/console.yaml"), "targetPort: console") {
		t.Error("the console shares the service of the public")
	}
	spec, _ := readYAML(t, "deploy/kubernetes/network.yaml")["spec"].(map[string]any)
	rules, _ := spec["ingress"].([]any)
	for _, rule := range rules {
		r, _ := rule.(map[string]any)
		if strings.Contains(fmt.Sprint(r["ports"]), "8070") && r["from"] == nil {
			t.Error("the network policy opens the console to everybody")
		}
	}
}
