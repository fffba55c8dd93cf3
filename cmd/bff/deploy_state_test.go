package main

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foundIn returns what the only group of a pattern matches in a file.
func foundIn(t *testing.T, name, pattern string) string {
	t.Helper()
	match := regexp.MustCompile("(?m)" + pattern).FindStringSubmatch(readText(t, name))
	if match == nil {
		t.Fatalf("%s has nothing like %s", name, pattern)
	}
	return match[1]
}

// The state directory is kept when a container is replaced, and apart from the database and its backups.
func TestDeploy_ComposeKeepsTheStateDirectory(t *testing.T) {
	t.Parallel()
	encoded, err := json.Marshal(readYAML(t, "compose.yaml")["services"])
	if err != nil {
		t.Fatal(err)
	}
	var services map[string]struct {
		Volumes  []string       `json:"volumes"`
		Settings map[string]any `json:"environment"`
	}
	if err = json.Unmarshal(encoded, &services); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"migrate", "bff", "tools"} {
		at, _ := services[name].Settings["BFF_STATE_DIR"].(string)
		if at == "" || !slices.Contains(services[name].Volumes, "state:"+at) {
			t.Errorf("%s: BFF_STATE_DIR is %q, which is no volume: %v", name, at, services[name].Volumes)
		}
	}
	if slices.ContainsFunc(services["mariadb"].Volumes, func(v string) bool { return strings.HasPrefix(v, "state:") }) {
		t.Error("the database has the volume of the state directory")
	}
	// A volume takes its owner from the folder of the image.
	for _, folder := range []string{"state", "backups"} {
		if n := strings.Count(readText(t, "Dockerfile"), "--chown=65532:65532 /out/"+folder+" /"+folder+"\n"); n == 0 {
			t.Errorf("the image has no /%s that the server may write to", folder)
		}
	}
}

func TestDeploy_PackageKeepsTheStateDirectory(t *testing.T) {
	t.Parallel()
	const unit, backup, script = "deploy/systemd/renzheng.service", "deploy/systemd/renzheng-backup.service", "scripts/deb.sh"
	state, database := foundIn(t, script, `^BFF_STATE_DIR=(.*)$`), foundIn(t, script, `^BFF_DATABASE=sqlite:(.*)$`)
	folders := strings.Fields(foundIn(t, unit, `^StateDirectory=(.*)$`))
	for _, folder := range []string{state, path.Dir(database)} {
		if !slices.Contains(folders, path.Base(folder)) || path.Dir(folder) != "/var/lib" {
			t.Errorf("the unit may not write to %s: it has %v", folder, folders)
		}
	}
	if state == path.Dir(database) || strings.HasPrefix(state, path.Dir(database)+"/") {
		t.Errorf("%s is put back together with %s", state, database)
	}
	to := foundIn(t, backup, `^ReadWritePaths=(.*)$`)
	if command := foundIn(t, backup, `^ExecStart=(.*)$`); command != "/usr/bin/bff backup "+to+" --keep 14" || !strings.Contains(readText(t, script), " -m 0700 "+to) {
		t.Errorf("%s does not write to %s, or the package does not make it", command, to)
	}
	// What is taken away from the server is taken away from its backup too.
	hardening := func(name string) string { return foundIn(t, name, `(?s)^(AmbientCapabilities=.*?UMask=\d+)$`) }
	if hardening(unit) != hardening(backup) {
		t.Error("the backup has other rights than the server")
	}
}
