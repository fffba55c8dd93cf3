package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/collector"
	"renzheng/test/journey"
	"renzheng/test/people"
)

// leakTest is a fixture with everything that must not leave it.
type leakTest struct {
	*processFixture

	calls    *recorder
	spans    *collector.Collector
	anywhere *sieve // must appear nowhere
	answers  *sieve // must appear in no answer: the same without tokens and invitations, which one answer contains

	invitations int // that were made
}

// shownOnce reports whether one answer contains a secret of a kind.
func shownOnce(what string) bool { return what == "session token" || what == "invitation" }

// hide takes a secret into account.
func (l *leakTest) hide(t *testing.T, what, secret string) {
	t.Helper()
	l.anywhere.add(t, what, secret)
	if !shownOnce(what) {
		l.answers.add(t, what, secret)
	}
}

// hidePeople adds the data of every person in the stories of a serial.
func (l *leakTest) hidePeople(t *testing.T, serial int) {
	t.Helper()
	now := time.Now()
	var all []people.Person
	for _, role := range people.Roles() {
		at := journey.SerialOf(role, serial)
		second, _ := people.New(people.Passes, at+1, now)
		p, _ := people.Holder(role.Form, role.Fate, at, now)
		all = append(all, second, p, p.Owner(now))
	}
	for _, p := range all {
		l.hide(t, "name", p.Name)
		l.hide(t, "name", p.CaseName())
		l.hide(t, "number", p.Number)
		l.hide(t, "number as printed", p.Typed)
		l.hide(t, "card", p.Card)
		l.hide(t, "phone", p.Phone)
		l.hide(t, "open_id", p.OpenID)
	}
}

// hideKeys takes into account what the operator keeps secret.
func (l *leakTest) hideKeys(t *testing.T) {
	t.Helper()
	for _, name := range []string{
		"BFF_ALIPAY_PRIVATE_KEY", "BFF_WECHAT_APP_SECRET", "BFF_WECHAT_PAY_KEY", "BFF_TENCENTCLOUD_SECRET_KEY", "BFF_ALIBABACLOUD_ACCESS_KEY_SECRET",
		"BFF_SUPPORT_APP_SECRET", "BFF_SUPPORT_PUSH_TOKEN", "BFF_SUPPORT_ENCODING_AES_KEY",
	} {
		l.hide(t, name, l.Settings[name])
	}
	for _, app := range []string{l.Settings["BFF_WECHAT_APP_ID"], l.Settings["BFF_SUPPORT_APP_ID"]} {
		if token := l.WeChat.Token(app); token != "" {
			l.hide(t, "access token of WeChat", token)
		} else {
			t.Errorf("%s never had an access token", app)
		}
	}
	l.hide(t, "header of the collector", "token-of-the-collector")
	l.hide(t, "key towards the gateway", strings.ReplaceAll(content(t, l.Settings["BFF_AGENCY_KEY"]), "\n", ""))
	var keys struct {
		Master, Lookup []struct{ Key string }
		Signing        []struct{ Private string }
	}
	readJSON(t, l.Settings["BFF_KEYS"], &keys)
	for _, secret := range append(keys.Master, keys.Lookup...) {
		l.hide(t, "key of the key file", secret.Key)
		l.hide(t, "key of the key file as bytes", decoded(t, secret.Key))
	}
	for _, signer := range keys.Signing {
		l.hide(t, "private key", strings.ReplaceAll(signer.Private, "\n", ""))
	}
	var file struct {
		Registries []struct{ Callback struct{ Secret string } }
	}
	readJSON(t, l.Settings["BFF_REGISTRIES"], &file)
	for _, registry := range file.Registries {
		secret := strings.TrimPrefix(registry.Callback.Secret, "whsec_")
		l.hide(t, "webhook secret", secret)
		l.hide(t, "webhook secret as bytes", decoded(t, secret))
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func decoded(t *testing.T, text string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// hideSaid takes into account what clients said.
func (l *leakTest) hideSaid(t *testing.T) {
	t.Helper()
	for _, call := range l.calls.all() {
		for secret, what := range call.secrets() {
			l.hide(t, what, secret)
		}
		if strings.HasSuffix(call.path, "/invitation") && call.status == http.StatusCreated {
			l.hideInvitation(t, call.body)
		}
	}
}

// hideInvitation takes into account what a registry was shown.
func (l *leakTest) hideInvitation(t *testing.T, body []byte) {
	t.Helper()
	var made registrytest.Invitation
	if err := json.Unmarshal(body, &made); err != nil {
		t.Fatal(err)
	}
	l.hide(t, "invitation", made.Scene)
	l.hide(t, "invitation", made.Code)
	l.hide(t, "invitation", strings.ToLower(made.Code))
	l.hide(t, "invitation", strings.ReplaceAll(made.Code, "-", ""))
	l.invitations++
}

// files returns the bytes behind the database, by name: the files of SQLite, or
// MariaDB's files of this database, its log and its undo space, where the engine
// runs on this machine; and all rows in any case.
func (l *leakTest) files(t *testing.T) map[string][]byte {
	t.Helper()
	found := map[string][]byte{"rows": l.dump(t)}
	for _, pattern := range l.patterns(t) {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(content) > 0 { // a log that was just taken over
				found[filepath.Base(path)] = content
			}
		}
	}
	return found
}

func (l *leakTest) patterns(t *testing.T) []string {
	t.Helper()
	_, source, _ := strings.Cut(l.Settings["BFF_DATABASE"], ":")
	if l.rows.driver == "sqlite" {
		return []string{source + "*"}
	}
	tables := strings.Join(l.rows.tables(t), ", ")
	one, err := l.rows.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = one.Close() }()
	for _, statement := range []string{"FLUSH TABLES " + tables + " FOR EXPORT", "UNLOCK TABLES"} { // pages to disk
		if _, err := one.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	folder := l.rows.text(t, "SELECT @@datadir")
	return []string{
		filepath.Join(folder, l.rows.text(t, "SELECT DATABASE()"), "*"),
		filepath.Join(folder, "ib*"), filepath.Join(folder, "undo*"),
	}
}

// dump returns every column of every row as bytes.
func (l *leakTest) dump(t *testing.T) []byte {
	t.Helper()
	var all strings.Builder
	for _, table := range l.rows.tables(t) {
		all.WriteString(table)
		for _, row := range l.rows.lines(t, "SELECT * FROM "+table) {
			all.WriteString("\n" + row)
		}
	}
	return []byte(all.String())
}

// content reads a secret that a setting keeps in a file.
func content(t *testing.T, setting string) string {
	t.Helper()
	read, err := os.ReadFile(strings.TrimPrefix(setting, "file:"))
	if err != nil {
		t.Fatal(err)
	}
	return string(read)
}
