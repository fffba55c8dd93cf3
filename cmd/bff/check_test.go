package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
)

// checked runs bff check with settings and returns what it found.
func checked(t *testing.T, settings harness.Settings) (found findings, printed string, failed bool) {
	t.Helper()
	return checkedIn(t, "", settings)
}

// checkedIn runs it in a folder.
func checkedIn(t *testing.T, folder string, settings harness.Settings) (found findings, printed string, failed bool) {
	t.Helper()
	c := command(t, "check", "--json")
	c.Dir = folder
	c.Env = append(c.Env, settings.Environment()...)
	var problems strings.Builder
	c.Stderr = &problems
	out, err := c.Output()
	var report struct{ Findings findings }
	if unreadable := json.Unmarshal(out, &report); unreadable != nil {
		t.Fatalf("%v in %s\n%s", unreadable, out, &problems)
	}
	return report.Findings, string(out) + problems.String(), err != nil
}

// want checks that there is a finding of a level and an area with these words.
func (f findings) want(t *testing.T, l level, area string, words ...string) {
	t.Helper()
	for _, one := range f {
		all := one.Level == l && one.Area == area
		for _, word := range words {
			all = all && strings.Contains(one.What+" → "+one.Do, word)
		}
		if all {
			return
		}
	}
	t.Errorf("got no %s of %s with %q", l, area, words)
}

func TestCheck_OfASandboxThatWorks(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine})
			found, printed, failed := checked(t, s.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080"}))
			if n := found.count(levelProblem); n > 0 || failed {
				t.Errorf("got %d problems", n)
			}
			found.want(t, levelOK, "settings", "all are valid", "environment sandbox")
			found.want(t, levelWarning, "settings", "receipts say that they are of a sandbox")
			found.want(t, levelOK, "keys", "can be used, mode 600", "keep a copy")
			for _, kind := range []string{"master key m1 is in use", "lookup key l1 is in use", "signing key "} {
				found.want(t, levelOK, "keys", kind)
			}
			found.want(t, levelOK, "database", "reached")
			found.want(t, levelOK, "database", "up to date")
			found.want(t, levelOK, "registry", "the call-back is reached")
			for _, vendor := range []string{"alipay", "wechat", "wechatpay", "tencentcloud", "alibabacloud", "agency", "tencentcloud_photo", "alibabacloud_photo", "tencentcloud_sms", "alibabacloud_sms", "wechat_support"} {
				found.want(t, levelOK, "vendor", vendor+": ")
				found.want(t, levelOK, "clock", "agrees with "+vendor)
			}
			if engine.Name == "mysql" {
				found.want(t, levelOK, "clock", "agrees with the database")
			}
			found.want(t, levelOK, "web", "browsers sign in at")
			found.want(t, levelOK, "texts", "notices: built in")
			if t.Failed() {
				t.Log(printed)
			}
		})
	}
}

const otherPublicKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAs838kTp8tXDr1Qy4F3LJAX5q1gL/VPudTvXMIJZVfIY=\n-----END PUBLIC KEY-----\n"

// brokenSettings are those of a sandbox with every kind of mistake in them.
func brokenSettings(t *testing.T) harness.Settings {
	t.Helper()
	settings, folder := validSettings(t), t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	keys, err := os.ReadFile(settings["BFF_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	registries, err := json.Marshal(map[string]any{"registries": []any{
		map[string]any{
			"id": "one", "name": "登记机关", "keys": []any{map[string]any{"id": "k", "alg": "ed25519", "public_key": publicKey}},
			"callback": map[string]any{
				"url": "http://127.0.0.1:1/in", "allow": []string{"127.0.0.1"}, "secret": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
			},
		},
		map[string]any{"id": "two", "name": "登记机关", "keys": []any{map[string]any{"id": "l", "alg": "ed25519", "public_key": otherPublicKey}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return settings.With(harness.Settings{
		"BFF_ISSUER": "", "BFF_SHUTDOWN": "20", "BFF_LOGLEVEL": "info", "BFF_NOTICES": write("notices.json", `{}`, 0o600),
		"BFF_POLICY": write("policy.json", `[]`, 0o600), "BFF_KEYS": write("keys.json", string(keys), 0o644),
		"BFF_REGISTRIES": write("registries.json", string(registries), 0o600), "BFF_WEB_FOLDER": folder,
		"BFF_DATABASE":           "mysql:bff:" + sentinel + "@tcp(127.0.0.1:1)/renzheng",
		"BFF_ALIPAY_PRIVATE_KEY": sentinel, "BFF_ALIBABACLOUD_ENDPOINT": "http://127.0.0.1:1",
		"BFF_SUPPORT_API": "https://no.such.name.invalid", "BFF_WECHAT_PROXY": "http://user:" + sentinel + "@127.0.0.1:1",
	})
}

// Everything that an operator can get wrong is wrong at once, and all of it is named.
func TestCheck_NamesEverythingThatIsBroken(t *testing.T) {
	t.Parallel()
	found, printed, failed := checked(t, brokenSettings(t))
	if !failed {
		t.Error("the check succeeded")
	}
	for _, variable := range []string{
		"BFF_ISSUER: must be set", "BFF_SHUTDOWN: must be a duration", "BFF_LOGLEVEL: is not a setting", "BFF_NOTICES: ", "BFF_POLICY: ",
		"BFF_WEB_FOLDER: must hold an index.html", "BFF_ALIPAY_PRIVATE_KEY: ",
	} {
		found.want(t, levelProblem, "settings", variable)
	}
	found.want(t, levelProblem, "keys", "every user of the machine", "mode 644", "chmod 600")
	found.want(t, levelProblem, "database", "connection refused", "start it")
	found.want(t, levelProblem, "registry", "one: the call-back is not reached: unreachable")
	found.want(t, levelOK, "registry", "two: has no call-back")
	found.want(t, levelProblem, "vendor", "alipay: not reached, its settings are invalid")
	found.want(t, levelProblem, "vendor", "alibabacloud: 127.0.0.1:1 is not reached: no connection")
	found.want(t, levelProblem, "vendor", "wechat_support: no.such.name.invalid is not reached")
	found.want(t, levelProblem, "vendor", "wechat: ", "is not reached")
	found.want(t, levelOK, "vendor", "tencentcloud: ")
	found.want(t, levelOK, "clock", "agrees with tencentcloud")
	if strings.Contains(printed, sentinel) {
		t.Error("a secret is printed")
	}
	for _, twice := range []string{`"what":"BFF_KEYS: `, `"what":"notices: `, `"what":"policy: `} {
		if strings.Contains(printed, twice) {
			t.Errorf("%q is said a second time", twice)
		}
	}
	if t.Failed() {
		t.Log(printed)
	}
}

func TestCheck_PrintsOneLineForEachAndMakesNothing(t *testing.T) {
	t.Parallel()
	settings := validSettings(t).With(harness.Settings{"BFF_DATABASE": "sqlite:" + filepath.Join(t.TempDir(), "bff.db")})
	c := command(t, "check")
	c.Env = append(c.Env, settings.Environment()...)
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "the file does not exist yet") || !strings.Contains(string(out), " 0 problems") {
		t.Errorf("got %v, %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if first, _, _ := strings.Cut(line, " "); first != "ok" && first != "warning" && !strings.Contains(line, "0 problems") {
			t.Errorf("got the line %q", line)
		}
	}
	if _, err = os.Stat(strings.TrimPrefix(settings["BFF_DATABASE"], "sqlite:")); err == nil {
		t.Error("the check made a database")
	}
	found, _, _ := checked(t, settings.With(harness.Settings{"BFF_DATABASE": "sqlite:" + t.TempDir() + "/none/bff.db"}))
	found.want(t, levelProblem, "database", "the folder of the file does not exist", "mkdir")
}

func TestCheck_ComparesClocks(t *testing.T) {
	t.Parallel()
	var c clocks
	c.compare("a", time.Second)
	c.compare("b", -3*time.Second)
	c.compare("c", time.Minute)
	found := c.findings()
	found.want(t, levelOK, "clock", "agrees with a")
	found.want(t, levelWarning, "clock", "-3s", "of b", "time service")
	found.want(t, levelProblem, "clock", "1m0s", "of c")
	(&clocks{}).findings().want(t, levelWarning, "clock", "not compared")
}

func TestCheck_SaysWhatAnInspectionMeans(t *testing.T) {
	t.Parallel()
	found := inspected(store.Inspection{
		Engine: "MySQL 8.4", Schema: 99, Newest: 10, Isolation: "REPEATABLE-READ", NotInnoDB: []string{"todos"}, Charset: []string{"switches"}, Missing: []string{"CREATE"},
		Super: true, NotDurable: store.ErrNotDurable, NotUsable: errors.New("read only"), OtherKeys: keyring.ErrOtherKeys,
	})
	for _, words := range [][]string{
		{"of version 99, newer"},
		{"innodb_flush_log_at_trx_commit"},
		{"takes no changes", "primary"},
		{"REPEATABLE-READ"},
		{"without transactions: todos"},
		{"every character: switches"},
		{"lacks CREATE"},
		{"under other keys"},
	} {
		found.want(t, levelProblem, "database", words...)
	}
	found.want(t, levelWarning, "database", "read-only server")
	fresh := inspected(store.Inspection{Engine: "MariaDB 11.4", Newest: 10, Isolation: "READ-COMMITTED"})
	fresh.want(t, levelWarning, "database", "no tables yet", "bff migrate")
	if n := fresh.count(levelProblem); n != 0 {
		t.Errorf("got %d problems of an empty database", n)
	}
}

// A server without these two settings would use what make run left in the same folder.
func TestCheck_WarnsOfTheSandboxsFiles(t *testing.T) {
	t.Parallel()
	settings, folder := validSettings(t), t.TempDir()
	keys, err := os.ReadFile(settings["BFF_KEYS"])
	delete(settings, "BFF_DATABASE")
	delete(settings, "BFF_KEYS")
	found, _, _ := checkedIn(t, folder, settings)
	found.want(t, levelProblem, "database", "the folder of the file does not exist", "or set BFF_DATABASE")
	found.want(t, levelProblem, "keys", "cannot be found", "set BFF_KEYS")
	err = errors.Join(err, os.Mkdir(filepath.Join(folder, "data"), 0o700))
	if err = errors.Join(err, os.WriteFile(filepath.Join(folder, config.SandboxKeys), keys, 0o600)); err != nil {
		t.Fatal(err)
	}
	found, _, _ = checkedIn(t, folder, settings)
	found.want(t, levelWarning, "database", "sqlite:data/renzheng.db is where make run keeps", "set BFF_DATABASE")
	found.want(t, levelWarning, "keys", "data/keys.json is where make run keeps", "set BFF_KEYS")
}
