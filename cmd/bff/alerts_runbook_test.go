package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tryRunbook runs every command of an alert's page as its reader would, while the alert fires.
func (s *alertScene) tryRunbook(t *testing.T, alert string, labels map[string]string) {
	t.Helper()
	page := readText(t, "docs/runbooks/"+alert+".md")
	blocks := regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(page, -1)
	if len(blocks) == 0 {
		t.Errorf("the page of %s has no command", alert)
	}
	tools := s.operatorTools(t)
	for _, block := range blocks {
		c := exec.CommandContext(t.Context(), "bash", "-eu", "-c", block[1])
		c.Dir, c.Env = tools, append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"))
		for name, value := range labels {
			c.Env = append(c.Env, name+"="+value)
		}
		out, err := c.CombinedOutput()
		if err != nil || len(bytes.TrimSpace(out)) == 0 {
			t.Errorf("%s: the command\n%sends with %v and says\n%s", alert, block[1], err, out)
		}
	}
}

// operatorTools returns a folder with what docs/runbooks/README.md defines: bff with the server's settings, logs, and curl,
// which finds the server at the addresses that the pages name.
func (s *alertScene) operatorTools(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	settings := s.servers[0].Settings
	var exports strings.Builder
	for _, pair := range settings.Environment() {
		name, value, _ := strings.Cut(pair, "=")
		fmt.Fprintf(&exports, "export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
	}
	logs := filepath.Join(folder, "server.log")
	if err := os.WriteFile(logs, []byte(s.logs.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"bff":  exports.String() + "export " + asProgram + "=1\nexec '" + os.Args[0] + "' \"$@\"\n",
		"logs": "cat '" + logs + "'\n",
		"curl": "exec /usr/bin/curl \"${@//http:\\/\\/127.0.0.1:9090/" + s.servers[0].Admin + "}\"\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/bash\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
