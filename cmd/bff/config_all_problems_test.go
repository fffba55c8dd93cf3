package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServe_NamesEveryProblemOfTheSettingsAtOnce mixes the places a setting comes from and the ways in which it is wrong.
func TestServe_NamesEveryProblemOfTheSettingsAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "settings.json")
	file := `{"isuer":"` + sentinel + `","alipay.timeout":8,"limits.subjects":2.7,"limits.document":4,"wechat.face":"` + sentinel + `","admin-hosts":{"` + sentinel + `":1}}`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	c := command(t, "serve", "--config", path, "--web.address=nowhere")
	c.Env = append(
		c.Env, "BFF_SHUTDOWN=20", "BFF_LOG_LEVEL="+sentinel, "BFF_PROXY_HEADER=via", "BFF_LIMITS_FACE="+sentinel, "BFF_LIMITS_CARD=many",
		"BFF_RESILIENCE_RATIO=half", "BFF_WECHAT_APP_ID=wx", "BFF_WECHAT_APP_SECRET=file:/nowhere/sec2", "BFF_LISTEN=abc",
		"BFF_ADMIN=127.0.0.1:99999", "BFF_DATABASE=mysql:"+sentinel, "BFF_KEYS=/nowhere/keys.json", "BFF_LOGLEVEL="+sentinel,
	)
	output, err := c.CombinedOutput()
	if err == nil {
		t.Fatal("the server started")
	}
	printed := string(output)
	for _, want := range []string{
		`"isuer" in the file of settings is not a setting`, "BFF_ALIPAY_TIMEOUT: must be a duration such as 8s",
		"BFF_WECHAT_FACE: must be true or false", "BFF_ADMIN_HOSTS: must be a list such as a,b", "BFF_WEB_ADDRESS: must be an origin",
		"BFF_SHUTDOWN: must be a duration such as 20s", "BFF_LOG_LEVEL: must be one of debug, info, warn, error",
		"BFF_PROXY_HEADER: must be one of x-forwarded-for, forwarded", "BFF_LIMITS_FACE: must be a whole number such as 5",
		"BFF_LIMITS_SUBJECTS: must be a whole number such as 5", "BFF_LIMITS_CARD: must be a whole number such as 3", "BFF_RESILIENCE_RATIO: must be a number such as 0.5",
		"BFF_WECHAT_APP_SECRET: must name a file that can be read, such as file:/run/secrets/NAME", "/nowhere/sec2: no such file",
		"BFF_LISTEN: must be HOST:PORT or :PORT such as :8080", "BFF_ADMIN: must be HOST:PORT",
		"BFF_DATABASE: ", "must be mysql:USER:PASSWORD@tcp(HOST:3306)/NAME",
		"BFF_KEYS: ", "BFF_ISSUER: must be set", "BFF_REGISTRIES: must be set", "BFF_LOGLEVEL: is not a setting",
	} {
		if !strings.Contains(printed, want) {
			t.Errorf("got no %q", want)
		}
	}
	if got := strings.Count(printed, "BFF_WECHAT_APP_SECRET"); got != 1 {
		t.Errorf("got %d problems of a secret that could not be read, want 1", got)
	}
	if strings.Contains(printed, "BFF_LIMITS_DOCUMENT:") {
		t.Error("a JSON number that is right is rejected")
	}
	if strings.Contains(printed, sentinel) {
		t.Error("the list repeats a value")
	}
	if t.Failed() {
		t.Log(printed)
	}
}

// The text of the file of settings may hold secrets, and none of it is repeated.
func TestServe_RejectsAFileOfSettingsThatIsNotOneObject(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`["` + sentinel + `"]`:                                         "the file of settings is not one JSON object",
		`{"shutdown":"` + sentinel:                                     "the file of settings is not one JSON object",
		`{"shutdown":"20s"}{"shutdown":"` + sentinel + `"}`:            "the file of settings goes on after its JSON object",
		`{"shutdown":"20s","shutdown":"` + sentinel + `"}`:             "the file of settings: /shutdown: repeated member",
		"{\"shutdown\":\"20s\",\"log-level\":\"\xff" + sentinel + `"}`: "the file of settings is not one JSON object",
	} {
		path := filepath.Join(t.TempDir(), "settings.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		output, err := command(t, "serve", "--config", path).CombinedOutput()
		if err == nil || !strings.Contains(string(output), want) || strings.Contains(string(output), sentinel) {
			t.Errorf("%s: got %v, %s, want %q", text, err, output, want)
		}
	}
}

// A variable that only the server has does not stop another command.
func TestParse_IgnoresSettingsOfOtherCommands(t *testing.T) {
	t.Parallel()
	c := command(t, "keys", "generate", filepath.Join(t.TempDir(), "keys.json"))
	c.Env = append(c.Env, "BFF_SHUTDOWN=20", "BFF_READABLE_SECRETS=perhaps")
	if output, err := c.CombinedOutput(); err != nil {
		t.Errorf("got %v, %s", err, output)
	}
}

func TestMigrate_NamesTheVariableOfABadDatabase(t *testing.T) {
	t.Parallel()
	path := madeKeys(t, 0o600)
	wantError := func(database string, words ...string) {
		t.Helper()
		wantError(t, run([]string{"migrate", "--keys", path, "--database", database}), words...)
	}
	wantError("mysql:foo", "BFF_DATABASE: ", "must be mysql:USER:PASSWORD@tcp(HOST:3306)/NAME")
	wantError("sqlite:", "BFF_DATABASE: ", "such as sqlite:data/renzheng.db")
	wantError("oracle:foo", "BFF_DATABASE: ", "must be sqlite:PATH or mysql:")
}
