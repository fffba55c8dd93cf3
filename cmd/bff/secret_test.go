package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/test/harness"
)

// secretConfig is a configuration whose every secret is the sentinel.
func secretConfig() *config.Config {
	return &config.Config{
		Storage: config.Storage{Database: config.NewSecret(sentinel)}, Alipay: config.Alipay{PrivateKey: config.NewSecret(sentinel)},
		Tencent: config.TencentCloud{SecretKey: config.NewSecret(sentinel)},
	}
}

func TestConfig_SecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	c := secretConfig()
	printed := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t"} {
		printed[verb] = fmt.Sprintf(verb, c) + fmt.Sprintf(verb, *c) + fmt.Sprintf(verb, c.Alipay.PrivateKey)
		printed["adapters "+verb] = fmt.Sprintf(verb, c.Alipay.Adapter()) + fmt.Sprintf(verb, c.Tencent.Adapter())
	}
	document, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	printed["JSON"] = string(document)
	var lines bytes.Buffer
	slog.New(slog.NewTextHandler(&lines, nil)).Info("settings", "config", c, "secret", c.Tencent.SecretKey)
	slog.New(slog.NewJSONHandler(&lines, nil)).Info("settings", "config", c, "secret", c.Tencent.SecretKey)
	printed["log"] = lines.String()
	for how, text := range printed {
		for _, form := range []string{sentinel, fmt.Sprintf("%x", sentinel), fmt.Sprintf("%X", sentinel), "83 69 78 84 73 78 69 76"} {
			if strings.Contains(text, form) {
				t.Errorf("%s shows a secret: %s", how, text)
			}
		}
	}
}

// What is wrong is said without the value that is wrong.
func TestConfig_ErrorsHoldNoSecret(t *testing.T) {
	t.Parallel()
	settings := validSettings(t)
	unread := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(unread, []byte(`{"alipay.private-key": "`+sentinel+`" `), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, cut := parse([]string{"serve", "--config", unread})
	problems := map[string]error{
		"a settings file that breaks off": cut,
		"settings of a wrong kind": func() error {
			_, err := settingsOf(t, settings.With(harness.Settings{"BFF_ALIPAY_PRIVATE_KEY": sentinel, "BFF_TENCENTCLOUD_SECRET_KEY": sentinel + " "}))
			return err
		}(),
		"a database that is none":     openBadly(t, "nowhere:"+sentinel),
		"a server that is not there":  openBadly(t, "mysql:user:"+sentinel+"@tcp(127.0.0.1:1)/name"),
		"a server's name cut short":   openBadly(t, "mysql:user:"+sentinel+"@tcp("),
		"a secret's file not there":   new(config.Secret).UnmarshalText([]byte("file:/nowhere/at/all")),
		"a secret's file is a folder": new(config.Secret).UnmarshalText([]byte("file:/")),
	}
	for what, err := range problems {
		if err == nil {
			t.Errorf("%s: got no error", what)
		} else if strings.Contains(err.Error(), sentinel) {
			t.Errorf("%s: the error shows a secret: %v", what, err)
		}
	}
}

func openBadly(t *testing.T, database string) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := (keysGenerateCommand{Path: path}).Run(); err != nil {
		t.Fatal(err)
	}
	ring, err := config.Storage{Keys: path}.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), config.Storage{Database: config.NewSecret(database)}, ring, time.Now)
	if err == nil {
		_ = db.Close()
	}
	return err
}

func TestSecret_File(t *testing.T) {
	t.Parallel()
	settings := validSettings(t)
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("  "+sentinel+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := settingsOf(t, settings.With(harness.Settings{"BFF_TENCENTCLOUD_SECRET_KEY": "file:" + path}))
	if err != nil || c.Tencent.SecretKey.Reveal() != sentinel {
		t.Errorf("got %v, want the content of the file", err)
	}
	_, err = settingsOf(t, settings.With(harness.Settings{"BFF_TENCENTCLOUD_SECRET_KEY": "file:" + path + ".old"}))
	wantError(t, err, "BFF_TENCENTCLOUD_SECRET_KEY: ", "reading a secret")
}

// A key file is never overwritten: its data would be lost.
func TestKeysGenerate_KeepsAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "keys.json")
	if err := (keysGenerateCommand{Path: path}).Run(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err = (keysGenerateCommand{Path: path}).Run(); err == nil {
		t.Error("a second run overwrote the file")
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed (%v)", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v; want 0600", info.Mode(), err)
	}
}
