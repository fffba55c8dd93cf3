package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"renzheng/test/harness"
)

// publicKey is a key by which a registry could sign.
const publicKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"

// secretFiles writes every kind of file with a key or secret with a mode, and returns the settings that name the files.
func secretFiles(t *testing.T, mode fs.FileMode) harness.Settings {
	t.Helper()
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil { // the process's mask changes the mode of WriteFile
			t.Fatal(err)
		}
		return path
	}
	settings := validSettings(t)
	keys, err := os.ReadFile(settings["BFF_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	registries := map[string]any{"registries": []any{map[string]any{
		"id": "one", "name": "登记机关", "keys": []any{map[string]any{"id": "k", "alg": "ed25519", "public_key": publicKey}}, "callback": map[string]any{
			"url": "https://events.example.cn/", "allow": []string{"events.example.cn"},
			"secret": "file:" + write("callback", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
		},
	}}}
	encoded, err := json.Marshal(registries)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(folder, "registries.json")
	if err = os.WriteFile(list, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	return settings.With(harness.Settings{
		"BFF_KEYS": write("keys.json", string(keys)), "BFF_REGISTRIES": list,
		"BFF_TENCENTCLOUD_SECRET_KEY": "file:" + write("secret", settings["BFF_TENCENTCLOUD_SECRET_KEY"]),
	})
}

func TestSecretFiles_ThatEverybodyCanReadOrChangeAreRejected(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o604, 0o644, 0o602, 0o666} {
		settings := secretFiles(t, mode)
		_, err := settingsOf(t, settings)
		wantError(t, err, "BFF_KEYS: ", "BFF_REGISTRIES: ", "/callback/secret", "BFF_TENCENTCLOUD_SECRET_KEY: ", "every user of the machine", "BFF_READABLE_SECRETS")
		if _, err = settingsOf(t, settings.With(harness.Settings{"BFF_READABLE_SECRETS": "true"})); err != nil {
			t.Errorf("mode %o, allowed by the setting: got %v, want no error", mode, err)
		}
	}
}

func TestSecretFiles_IncludeAFileOfRegistriesThatHoldsASecret(t *testing.T) {
	t.Parallel()
	settings := secretFiles(t, 0o600)
	list := settings["BFF_REGISTRIES"]
	if err := os.Chmod(list, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := settingsOf(t, settings); err != nil {
		t.Errorf("a file that only names one with a secret: got %v, want no error", err)
	}
	content, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`"file:[^"]*"`)
	content = named.ReplaceAll(content, []byte(`"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="`))
	if err = os.WriteFile(list, content, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = settingsOf(t, settings)
	wantError(t, err, "BFF_REGISTRIES: ", "every user of the machine")
}

func TestSecretFiles_OfTheOwnerAndTheGroupAreRead(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o400, 0o600, 0o640, 0o440} {
		if _, err := settingsOf(t, secretFiles(t, mode)); err != nil {
			t.Errorf("mode %o: got %v, want no error", mode, err)
		}
	}
}

func TestSecretFiles_AreCheckedByCommandsBesideTheServer(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	keys, database := filepath.Join(folder, "keys.json"), filepath.Join(folder, "database")
	if err := run([]string{"keys", "generate", keys}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(database, []byte("sqlite:"+filepath.Join(folder, "bff.db")), 0o600); err != nil {
		t.Fatal(err)
	}
	migrate := func(flags ...string) error {
		return run(append([]string{"migrate", "--database", "file:" + database, "--keys", keys}, flags...))
	}
	for _, path := range []string{keys, database} {
		if err := migrate(); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		wantError(t, migrate(), "every user of the machine")
		if err := migrate("--readable-secrets"); err != nil {
			t.Errorf("allowed by the flag: got %v, want no error", err)
		}
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSecretFiles_IncludeAFileOfSettingsThatHoldsASecret(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	keys, path, secret := filepath.Join(folder, "keys.json"), filepath.Join(folder, "settings.json"), filepath.Join(folder, "database")
	if err := run([]string{"keys", "generate", keys}); err != nil {
		t.Fatal(err)
	}
	database := "sqlite:" + filepath.Join(folder, "bff.db")
	if err := os.WriteFile(secret, []byte(database), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, database, more string
		mode                 fs.FileMode
		rejected             bool
	}{
		{name: "readable", database: database, mode: 0o644, rejected: true},
		{name: "writable", database: database, mode: 0o602, rejected: true},
		{name: "readable by the group", database: database, mode: 0o640},
		{name: "that names a file", database: "file:" + secret, mode: 0o644},
		{name: "that allows it", database: database, more: `,"readable-secrets":true`, mode: 0o644},
	} {
		content := `{"keys":"` + keys + `","database":"` + c.database + `"` + c.more + `}`
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		err := run([]string{"migrate", "--config", path})
		if c.rejected {
			wantError(t, err, "BFF_DATABASE: "+path, "every user of the machine")
		} else if err != nil {
			t.Errorf("%s: got %v, want no error", c.name, err)
		}
	}
}

// The server reports the secrets of such a file together with every other problem.
func TestSecretFiles_OfSettingsAreReportedWithTheOtherProblems(t *testing.T) {
	t.Parallel()
	file, err := validSettings(t).With(harness.Settings{"BFF_REQUESTS_PER_MIN": "0"}).File()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "settings.json")
	if err = os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err = os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, err = parse([]string{"serve", "--config", path})
	wantError(t, err, "BFF_TENCENTCLOUD_SECRET_KEY: "+path+": every user", "BFF_REQUESTS_PER_MIN")
}
