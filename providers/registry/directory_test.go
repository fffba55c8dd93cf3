package registry_test

import (
	"crypto/elliptic"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"renzheng/providers/registry"
	"renzheng/todo"
)

func sampleKey(tb testing.TB) object {
	tb.Helper()
	return object{"id": "bj-1", "alg": "ed25519", "public_key": publicPEM(tb, newEd25519(tb))}
}

func sampleCallback() object {
	return object{"url": "https://events.example.cn/in", "allow": []string{"events.example.cn"}, "secret": secretText("s")}
}

func sampleRegistry(tb testing.TB) object {
	tb.Helper()
	return object{"id": "beijing", "name": "北京市市场监督管理局", "keys": []object{sampleKey(tb)}, "callback": sampleCallback()}
}

func TestBook_Registry(t *testing.T) {
	t.Parallel()
	directory := load(t, sampleRegistry(t), object{"id": "pulls", "name": "Pulls", "keys": []object{sampleKey(t).with("id", "pulls-1")}})
	got, ok := directory.Registry("beijing")
	if want := (todo.Registry{ID: "beijing", Name: "北京市市场监督管理局"}); !ok || got != want {
		t.Errorf("got %v, %v, want %v", got, ok, want)
	}
	if _, ok := directory.Registry("pulls"); !ok {
		t.Error("got no registry without a call-back, want one")
	}
	if _, ok := directory.Registry("nobody"); ok {
		t.Error("got a registry that is not configured")
	}
}

func TestLoadFile_Refuses(t *testing.T) {
	t.Parallel()
	callback := func(name string, value any) func(*testing.T) object {
		return func(t *testing.T) object {
			t.Helper()
			return sampleRegistry(t).with("callback", sampleCallback().with(name, value))
		}
	}
	key := func(name string, value any) func(*testing.T) object {
		return func(t *testing.T) object {
			t.Helper()
			return sampleRegistry(t).with("keys", []object{sampleKey(t).with(name, value)})
		}
	}
	top := func(name string, value any) func(*testing.T) object {
		return func(t *testing.T) object { t.Helper(); return sampleRegistry(t).with(name, value) }
	}
	allow := func(entry string) func(*testing.T) object { return callback("allow", []string{entry}) }
	cases := map[string]struct {
		registry func(*testing.T) object
		at       string
	}{
		"an id in capitals":                  {top("id", "Beijing"), "/registries/0/id"},
		"no id":                              {top("id", nil), "/registries/0: lacks id"},
		"no name":                            {top("name", nil), "/registries/0: lacks name"},
		"an empty name":                      {top("name", " "), "/registries/0/name"},
		"a name that turns the line":         {top("name", "a\u202eb"), "/registries/0/name"},
		"a name that is a number":            {top("name", 1), "/registries/0/name"},
		"no keys":                            {top("keys", nil), "/registries/0: lacks keys"},
		"an empty list of keys":              {top("keys", []object{}), "/registries/0/keys: needs at least one key"},
		"keys that are no list":              {top("keys", "k"), "/registries/0/keys"},
		"an unknown member":                  {top("ca11back", sampleCallback()), "/registries/0: has an unknown member"},
		"a key id with a blank":              {key("id", "b j"), "/registries/0/keys/0/id"},
		"a symmetric algorithm":              {key("alg", "hmac-sha256"), "/registries/0/keys/0/alg"},
		"no algorithm":                       {key("alg", nil), "/registries/0/keys/0: lacks alg"},
		"a key of another algorithm":         {key("alg", "ecdsa-p256-sha256"), "/registries/0/keys/0/public_key"},
		"a key that is no PEM":               {key("public_key", "AAAA"), "/registries/0/keys/0/public_key"},
		"a private key":                      {key("public_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), "/registries/0/keys/0/public_key"},
		"plain http to elsewhere":            {callback("url", "http://events.example.cn/in"), "/registries/0/callback/url"},
		"an address with a user":             {callback("url", "https://u:p@events.example.cn/in"), "/registries/0/callback/url"},
		"an address with a fragment":         {callback("url", "https://events.example.cn/in#f"), "/registries/0/callback/url"},
		"an address without host":            {callback("url", "https:///in"), "/registries/0/callback/url"},
		"an address with a broken port":      {callback("url", "https://events.example.cn:0/in"), "/registries/0/callback/url"},
		"another scheme":                     {callback("url", "ftp://events.example.cn/in"), "/registries/0/callback/url"},
		"an empty allow-list":                {callback("allow", []string{}), "/registries/0/callback/allow"},
		"no allow-list":                      {callback("allow", nil), "/registries/0/callback: lacks allow"},
		"a host that is not the call-back's": {allow("other.example.cn"), "/registries/0/callback/allow/0"},
		"a network with bits below its mask": {allow("10.0.0.1/8"), "/registries/0/callback/allow/0"},
		"the link's network":                 {allow("169.254.0.0/16"), "/registries/0/callback/allow/0"},
		"a metadata service":                 {allow("169.254.169.254"), "/registries/0/callback/allow/0"},
		"another metadata service":           {allow("100.100.100.200"), "/registries/0/callback/allow/0"},
		"the link's IPv6 network":            {allow("fe80::/64"), "/registries/0/callback/allow/0"},
		"an IPv6 metadata service":           {allow("fd00:ec2::254"), "/registries/0/callback/allow/0"},
		"a multicast network":                {allow("224.0.0.0/4"), "/registries/0/callback/allow/0"},
		"no secret":                          {callback("secret", nil), "/registries/0/callback: lacks secret"},
		"a secret without its prefix":        {callback("secret", strings.TrimPrefix(secretText("s"), "whsec_")), "/registries/0/callback/secret"},
		"a short secret":                     {callback("secret", "whsec_c2hvcnQ="), "/registries/0/callback/secret"},
		"a secret in a missing file":         {callback("secret", "file:/nowhere/at/all"), "/registries/0/callback/secret"},
		"an old secret that is none":         {callback("old_secrets", []string{"x"}), "/registries/0/callback/old_secrets/0"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			directory, err := registry.LoadFile(encode(t, object{"registries": []object{c.registry(t)}}))
			if err == nil || directory != nil || !strings.Contains(err.Error(), c.at) {
				t.Errorf("got %v, want a problem at %s", err, c.at)
			}
		})
	}
}

func TestLoadFile_RefusesTheFile(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"nothing":            "",
		"a list":             "[]",
		"nobody":             `{"registries":[]}`,
		"no list":            `{}`,
		"null":               `{"registries":null}`,
		"two lists":          `{"registries":[],"registries":[]}`,
		"something after it": `{"registries":[]} {}`,
		"an open end":        `{"registries":[]`,
		"broken UTF-8":       "{\"registries\":[{\"name\":\"\xff\"}]}",
		"more than 1 MiB":    strings.Repeat(" ", 1<<20+1),
	} {
		if _, err := registry.LoadFile([]byte(content)); err == nil {
			t.Errorf("%s: got no problem", name)
		}
	}
}

func TestLoadFile_RefusesWhatIsThereTwice(t *testing.T) {
	t.Parallel()
	one, two := sampleRegistry(t), sampleRegistry(t).with("id", "shanghai")
	otherKey := []object{sampleKey(t).with("id", "sh-1")}
	for name, c := range map[string]struct {
		second object
		want   string
	}{
		"the id of a registry": {one.with("keys", otherKey), "/registries/1/id: is another registry's"},
		"the id of a key":      {two, "/registries/1/keys/0/id: is another key's"},
		"a key": {two.with("keys", []object{one["keys"].([]object)[0].with("id", "sh-1")}), //nolint:errcheck // it is one
			"/registries/1/keys/0/public_key: is in the file twice"},
	} {
		_, err := registry.LoadFile(encode(t, object{"registries": []object{one, c.second}}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestLoadFile_RefusesOtherCurves(t *testing.T) {
	t.Parallel()
	other := sampleKey(t).with("alg", "ecdsa-p256-sha256").with("public_key", publicPEM(t, newECDSA(t, elliptic.P384())))
	if _, err := registry.LoadFile(encode(t, object{"registries": []object{sampleRegistry(t).with("keys", []object{other})}})); err == nil {
		t.Error("got no problem, want one for a key on P-384")
	}
}

func TestLoadFile_TellsAllProblemsAndNoValue(t *testing.T) {
	t.Parallel()
	const pasted = "whsec_pasted-into-the-wrong-place"
	bad := sampleRegistry(t).with("id", pasted).with(pasted, 1).with("callback", object{
		"url": pasted, "allow": []string{pasted}, "secret": pasted, "old_secrets": []string{"file:" + pasted},
	}).with("keys", []object{{"id": pasted + " ", "alg": pasted, "public_key": pasted}})
	_, err := registry.LoadFile(encode(t, object{"registries": []object{bad}}))
	if err == nil {
		t.Fatal("got no problem")
	}
	for _, at := range []string{"/id", "unknown member", "/keys/0/id", "/keys/0/alg", "/url", "/allow/0", "/secret", "/old_secrets/0"} {
		if !strings.Contains(err.Error(), at) {
			t.Errorf("got %v, want %s among it", err, at)
		}
	}
	if strings.Contains(err.Error(), "pasted") {
		t.Errorf("got a value in the error: %v", err)
	}
}

func TestLoadFile_ReadsSecretsFromFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(secretText("f")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	load(t, sampleRegistry(t).with("callback", sampleCallback().with("secret", "file:"+path)))
}

func TestLoadFile_ReadsPublicKeysFromFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, []byte(publicPEM(t, newEd25519(t))), 0o600); err != nil {
		t.Fatal(err)
	}
	load(t, sampleRegistry(t).with("keys", []object{sampleKey(t).with("public_key", "file:"+path)}))
	_, err := registry.LoadFile(encode(t, object{"registries": []object{sampleRegistry(t).with("keys", []object{sampleKey(t).with("public_key", "file:"+path+".old")})}}))
	if err == nil || !strings.Contains(err.Error(), "/registries/0/keys/0/public_key") || strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want a problem of the key's file without its path", err)
	}
}

func TestBook_PrintsNoSecret(t *testing.T) {
	t.Parallel()
	directory := load(t, sampleRegistry(t))
	printed := fmt.Sprintf("%v %+v %#v", directory, *directory, directory)
	for _, secret := range []string{"ssssssss", "115 115 115", "0x73, 0x73", strings.TrimPrefix(secretText("s"), "whsec_")} {
		if strings.Contains(printed, secret) {
			t.Errorf("got the secret printed as %s", secret)
		}
	}
}

func ExampleLoadFile() {
	directory, err := registry.LoadFile([]byte(`{"registries": [{
		"id": "beijing",
		"name": "北京市市场监督管理局",
		"keys": [{
			"id": "beijing-2026",
			"alg": "ed25519",
			"public_key": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
		}],
		"callback": {
			"url": "https://events.example.cn/renzheng",
			"allow": ["events.example.cn", "10.20.0.0/16"],
			"secret": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz",
			"old_secrets": ["whsec_bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxsIGhlcmU="]
		}
	}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	beijing, _ := directory.Registry("beijing")
	fmt.Println(beijing.Name)
	// Output: 北京市市场监督管理局
}

func TestDirectory_Following(t *testing.T) {
	t.Parallel()
	follows := sampleRegistry(t).with("progress", true)
	off := object{"id": "off", "name": "Off", "progress": false, "keys": []object{sampleKey(t).with("id", "off-1")}}
	unset := object{"id": "unset", "name": "Unset", "keys": []object{sampleKey(t).with("id", "unset-1")}}
	directory := load(t, follows, off, unset)
	if got := directory.Following(); !slices.Equal(got, []string{"beijing"}) {
		t.Errorf("got %q, want beijing alone", got)
	}
	if r, _ := directory.Registry("beijing"); !r.Progress {
		t.Error("the registry does not follow progress")
	}
	for _, wrong := range []any{"true", 1, nil} {
		entry := object{"progress": wrong}
		maps.Copy(entry, unset)
		entry["progress"] = wrong
		if _, err := registry.LoadFile(encode(t, object{"registries": []object{entry}})); err == nil {
			t.Errorf("progress %v: got no error", wrong)
		}
	}
}

func TestLoadFile_ReadsThePeriodOfARegistry(t *testing.T) {
	t.Parallel()
	got, _ := load(t, sampleRegistry(t).with("retention_days", 3650)).Registry("beijing")
	if got.RetentionDays != 3650 {
		t.Errorf("got %d days, want 3650", got.RetentionDays)
	}
	for _, wrong := range []any{1094, 36501, 0, -1, "3650", 3650.5, true, nil} {
		entry := sampleRegistry(t)
		entry["retention_days"] = wrong
		_, err := registry.LoadFile(encode(t, object{"registries": []object{entry}}))
		if err == nil || !strings.Contains(err.Error(), "/registries/0/retention_days") {
			t.Errorf("%v: got %v, want a problem", wrong, err)
		}
	}
}
