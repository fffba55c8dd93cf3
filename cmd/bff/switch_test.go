package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/verification/policy"
)

// operator runs commands against one database.
type operator struct{ storage config.Storage }

func newOperator(t *testing.T) operator {
	t.Helper()
	dir := t.TempDir()
	o := operator{config.Storage{
		Database: config.NewSecret("sqlite:" + filepath.Join(dir, "switch.db")), Keys: filepath.Join(dir, "keys.json"),
	}}
	if err := run([]string{"keys", "generate", o.storage.Keys}); err != nil {
		t.Fatal(err)
	}
	if err := o.run("switch list"); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("got %v, want that a command makes no database", err)
	}
	if err := o.run("migrate"); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o operator) run(command string, more ...string) error {
	args := append(strings.Fields(command), more...)
	return run(append(args, "--database", o.storage.Database.Reveal(), "--keys", o.storage.Keys))
}

func (o operator) switches(t *testing.T) []policy.Switch {
	t.Helper()
	var all []policy.Switch
	var page strings.Builder
	ring, err := o.storage.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), o.storage, ring, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if all, err = db.Switches(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err = writeSwitches(&page, all); err != nil || strings.Count(page.String(), "\n") != len(all)+1 {
		t.Errorf("got %q, %v, want a line for each", page.String(), err)
	}
	return all
}

func TestSwitch_ThatWouldSwitchNothingIsRefused(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	words := []string{"--text-zh-hans", "维护到八点", "--text-zh-hant", "維護到八點", "--text-en", "Until eight", "--by", "值班"}
	for command, want := range map[string]string{
		"switch set face nobody off":                                   "must be one of alipay, wechat",
		"switch set face alipay off --until 2020-01-01T08:00:00+08:00": "lies in the past",
	} {
		if err := o.run(command, words...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", command, err, want)
		}
	}
}

func TestSwitch_NamesTheFlagsThatAreRequired(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	for _, state := range []string{"off", "degraded"} {
		err := o.run("switch set face alipay " + state + " --by x --text-en Closed")
		wantError(t, err, "--text-zh-hans is required", "--text-zh-hant is required")
		for _, unwanted := range []string{"identity:", "text_", "--text-en", "--by"} {
			if strings.Contains(err.Error(), unwanted) {
				t.Errorf("%s: got %q, want no %q in it", state, err, unwanted)
			}
		}
	}
	wantError(t, o.run("switch set face alipay on --by", ""), "--by is required")
}

func TestSwitch_IsSetAndListed(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	words := []string{"--text-zh-hans", "维护到八点", "--text-zh-hant", "維護到八點", "--text-en", "Until eight", "--by", "值班"}
	if err := o.run("switch set bank_card * off --until 2126-12-01T08:00:00+08:00", words...); err != nil {
		t.Fatal(err)
	}
	all := o.switches(t)
	if len(all) != 1 || all[0].State != policy.Off || all[0].Text.English != "Until eight" || all[0].Until.IsZero() {
		t.Fatalf("got %+v", all)
	}
	if err := o.run("switch set bank_card * on --by 值班"); err != nil {
		t.Fatal(err)
	}
	if all = o.switches(t); len(all) != 1 || all[0].State != policy.On || all[0].Version != 2 {
		t.Errorf("got %+v", all)
	}
	for _, command := range []string{"switch list", "switch history"} {
		if err := o.run(command); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
}

func TestSwitch_Refuses(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	for name, command := range map[string]string{
		"off without words":     "switch set face alipay off --by x",
		"nobody":                "switch set face alipay on",
		"a check that is none":  "switch set fingerprint alipay on --by x",
		"a state that is none":  "switch set face alipay skipped --by x",
		"on with an end":        "switch set face alipay on --by x --until 2126-12-01T08:00:00+08:00",
		"an end that is no day": "switch set face alipay off --by x --until tomorrow",
	} {
		if o.run(command) == nil {
			t.Errorf("%s was not refused", name)
		}
	}
	if all := o.switches(t); len(all) != 0 {
		t.Errorf("got %+v, want nothing set", all)
	}
}
