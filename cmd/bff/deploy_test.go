package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/schema"
	"github.com/goccy/go-yaml"

	"renzheng/cmd/bff/config"
	"renzheng/test/harness"
)

// root is the repository.
const root = "../../"

// readText returns a file of the repository.
func readText(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(root + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// readYAML decodes a file of the repository.
func readYAML(t *testing.T, name string) map[string]any {
	t.Helper()
	var document map[string]any
	if err := yaml.Unmarshal([]byte(readText(t, name)), &document); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return document
}

// variablesOf returns the variables of a file such as bff.env, those that are
// commented out apart.
func variablesOf(t *testing.T, name string) (set, samples harness.Settings) {
	t.Helper()
	set, samples = harness.Settings{}, harness.Settings{}
	lines := bufio.NewScanner(strings.NewReader(readText(t, name)))
	for lines.Scan() {
		line, commented := strings.CutPrefix(lines.Text(), "# ")
		variable, value, ok := strings.Cut(line, "=")
		if !ok || !strings.HasPrefix(variable, "BFF_") {
			continue
		}
		if commented {
			samples[variable] = value
		} else {
			set[variable] = value
		}
	}
	return set, samples
}

// The samples are read by the server's own readers, in a folder like that of the containers.
func TestDeploy_SamplesAreValid(t *testing.T) {
	t.Parallel()
	sandbox, folder := validSettings(t), t.TempDir()
	secrets := map[string]string{
		"alipay-app-key.pem": sandbox["BFF_ALIPAY_PRIVATE_KEY"], "alipay-public-key.pem": sandbox["BFF_ALIPAY_PUBLIC_KEY"],
		"tencentcloud-secret-key": "sample", "registry-sample.pem": publicKey,
		"registry-sample-webhook": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
		"notices.json":            readText(t, "deploy/notices.json"), "policy.json": readText(t, "deploy/policy.json"),
		"registries.json": strings.ReplaceAll(readText(t, "deploy/registries.json"), "/run/secrets/", folder+"/"),
	}
	for name, content := range secrets {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set, samples := variablesOf(t, "deploy/bff.env")
	set["BFF_KEYS"], set["BFF_DATABASE"], set["BFF_REGISTRIES"] = sandbox["BFF_KEYS"], sandbox["BFF_DATABASE"], "/run/secrets/registries.json"
	for name, value := range set {
		set[name] = strings.ReplaceAll(value, "/run/secrets/", folder+"/")
	}
	c, err := settingsOf(t, set)
	if err != nil {
		t.Fatal(err)
	}
	if c.Sandbox() {
		t.Error("the samples are those of a sandbox")
	}
	if unknown := config.UnknownVariables(samples.Environment()); unknown != nil || len(samples) == 0 {
		t.Errorf("got %d settings that are commented out: %v", len(samples), unknown)
	}
}

// Nobody consents to a handler in brackets.
func TestDeploy_BlanksOfTheSamplesAreFound(t *testing.T) {
	t.Parallel()
	found, _, failed := checked(t, validSettings(t).With(harness.Settings{"BFF_NOTICES": root + "deploy/notices.json"}))
	if !failed {
		t.Error("the check succeeded")
	}
	found.want(t, levelProblem, "texts", "notices: ", "with blanks")
}

// A sample that falls behind the built-in texts would be started from all the same.
func TestDeploy_SamplesFollowTheBuiltInTexts(t *testing.T) {
	t.Parallel()
	if readText(t, "deploy/policy.json") != readText(t, "verification/policy/policy.json") {
		t.Error("deploy/policy.json differs from verification/policy/policy.json")
	}
	who := regexp.MustCompile(`"who": "[^"]*"`)
	without := func(name string) string { return who.ReplaceAllString(readText(t, name), "") }
	if without("deploy/notices.json") != without("verification/notice/notices.json") {
		t.Error("deploy/notices.json differs from verification/notice/notices.json in more than who the handler is")
	}
}

func TestDeploy_ComposeFollowsItsSchema(t *testing.T) {
	t.Parallel()
	document := readYAML(t, "compose.yaml")
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
	encoded, err := json.Marshal(document["services"])
	if err != nil {
		t.Fatal(err)
	}
	var services map[string]struct {
		Ports    []string       `json:"ports"`
		Profiles []string       `json:"profiles"`
		Volumes  []string       `json:"volumes"`
		Settings map[string]any `json:"environment"`
	}
	if err = json.Unmarshal(encoded, &services); err != nil {
		t.Fatal(err)
	}
	for name, service := range services {
		for _, port := range service.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s publishes %s, want loopback only", name, port)
			}
		}
		for _, volume := range service.Volumes {
			path, _, _ := strings.Cut(volume, ":")
			if _, err = os.Stat(root + path); strings.HasPrefix(path, "./deploy/") && err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if monitors := name == "prometheus" || name == "grafana"; monitors != slices.Contains(service.Profiles, "monitoring") {
			t.Errorf("%s: got profiles %v", name, service.Profiles)
		}
	}
	var variables []string
	for name := range services["bff"].Settings {
		variables = append(variables, name+"=")
	}
	if err = config.UnknownVariables(variables); err != nil || !slices.Contains(variables, "BFF_ADMIN_HOSTS=") {
		t.Errorf("settings of the server: %v, %v", variables, err)
	}
}

// What the image is built from has to be let into its context.
func TestDeploy_ImageHasEveryFolderOfTheProgram(t *testing.T) {
	t.Parallel()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if .Module}}{{if .Module.Main}}{{.ImportPath}}{{end}}{{end}}", ".")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	let := readText(t, ".dockerignore")
	folders := map[string]bool{}
	for path := range bytes.FieldsSeq(out) {
		_, inside, _ := strings.Cut(string(path), "/")
		folder, _, _ := strings.Cut(inside, "/")
		folders[folder] = true
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		if !strings.Contains(let, "!"+folder+"/\n") {
			t.Errorf(".dockerignore keeps %s out", folder)
		}
	}
}
