package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"renzheng/cmd/bff/config"
)

// keySetting is a setting that is a key, a certificate or a secret.
type keySetting struct{ field, flag, variable string }

// keySettings walks all settings of a group. The words of their names and texts tell
// what they are, so that a setting whose type was forgotten is found too.
func keySettings(t reflect.Type, prefix, field string) []keySetting {
	var found []keySetting
	for f := range t.Fields() {
		if _, embedded := f.Tag.Lookup("embed"); embedded {
			found = append(found, keySettings(f.Type, prefix+f.Tag.Get("prefix"), field+f.Name+".")...)
			continue
		}
		variable := f.Tag.Get("env")
		named := slices.ContainsFunc(strings.Split(variable, "_"), func(word string) bool {
			return slices.Contains([]string{"KEY", "KEYS", "SECRET", "TOKEN", "CERT"}, word)
		})
		if !named || strings.HasSuffix(variable, "_ID") { // ids of keys are public names
			continue
		}
		flag := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(variable, "BFF_")), "_", "-")
		group := strings.TrimSuffix(prefix, ".")
		found = append(found, keySetting{field + f.Name, prefix + strings.TrimPrefix(flag, strings.ReplaceAll(group, ".", "-")+"-"), variable})
	}
	return found
}

// valueOf returns the text of a field such as "Alipay.PrivateKey".
func (k keySetting) valueOf(t *testing.T, c *config.Config) string {
	t.Helper()
	v := reflect.ValueOf(*c)
	for name := range strings.SplitSeq(k.field, ".") {
		v = v.FieldByName(name)
	}
	switch value := v.Interface().(type) {
	case config.Secret:
		return value.Reveal()
	case string:
		return value
	case []string:
		return strings.Join(value, ",")
	}
	t.Fatalf("%s has the type %s, which takes no form of a key", k.variable, v.Type())
	return ""
}

// decodeSettings returns the settings of flags, whether or not they are valid. A variable is decoded likewise.
func decodeSettings(t *testing.T, args ...string) *config.Config {
	t.Helper()
	var c config.Config
	decoder := config.NewDecoder()
	parser, err := kong.New(&c, decoder.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := parser.Parse(args)
	if err == nil {
		err = decoder.Join(chosen, nil)
	}
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	return &c
}

func TestKeySettings_AllTakeTheSameForms(t *testing.T) {
	t.Parallel()
	settings := keySettings(reflect.TypeFor[config.Config](), "", "")
	if least := 14; len(settings) < least {
		t.Fatalf("got %d settings, want %d or more: %v", len(settings), least, settings)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, []byte(publicKey), 0o600); err != nil {
		t.Fatal(err)
	}
	base := base64.StdEncoding.EncodeToString([]byte(sentinel))
	for _, s := range settings {
		if s.variable == "BFF_READABLE_SECRETS" {
			continue
		}
		want := strings.TrimSpace(publicKey)
		forms := map[string]string{
			"file:" + path: want, publicKey: want, strings.ReplaceAll(want, "\n", `\n`): want,
		}
		switch s.variable {
		case "BFF_KEYS": // always a file
			forms = map[string]string{"file:" + path: path, path: path}
		case "BFF_ALIPAY_APP_CERT", "BFF_ALIPAY_ROOT_CERT", "BFF_ALIPAY_ALIPAY_CERT":
			forms[path] = path // the adapter reads it
		case "BFF_AGENCY_GATEWAY_KEYS":
			continue // see the test of its list
		default:
			forms[base] = base
		}
		for form, want := range forms {
			if got := strings.TrimSpace(s.valueOf(t, decodeSettings(t, "--"+s.flag+"="+form))); got != want {
				t.Errorf("%s=%q: got %q, want %q", s.variable, form, got, want)
			}
		}
	}
}

func TestKeySettings_OfTheGatewayTakeTheSameForms(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, []byte(publicKey), 0o600); err != nil {
		t.Fatal(err)
	}
	folded := strings.ReplaceAll(strings.TrimSpace(publicKey), "\n", `\n`)
	c := decodeSettings(t, "--agency.gateway-keys=a="+path+",b=file:"+path+",c="+publicKey+",d="+folded)
	part, err := c.Agency.Adapter()
	if err != nil || len(part.GatewayKeys) != 4 {
		t.Fatalf("got %d keys, %v, want 4", len(part.GatewayKeys), err)
	}
	for _, key := range part.GatewayKeys {
		if got := strings.TrimSpace(key.PublicKey); got != strings.TrimSpace(publicKey) {
			t.Errorf("%s: got %q, want the key", key.ID, got)
		}
	}
}

// The operating system hands over the lines of a variable as they are.
func TestKeySettings_TakeSeveralLinesOfAVariable(t *testing.T) {
	t.Parallel()
	settings := validSettings(t)
	private, err := os.ReadFile(strings.TrimPrefix(settings["BFF_AGENCY_KEY"], "file:"))
	if err != nil {
		t.Fatal(err)
	}
	settings["BFF_AGENCY_KEY"], settings["BFF_SHUTDOWN"] = string(private), "20"
	c := command(t, "serve")
	c.Env = append(c.Env, settings.Environment()...)
	output, err := c.CombinedOutput()
	if err == nil || strings.Count(string(output), "BFF_") != 1 || !strings.Contains(string(output), "BFF_SHUTDOWN") {
		t.Errorf("got %v and %s, want that only BFF_SHUTDOWN is wrong", err, output)
	}
}

func TestKeySettings_NameTheirFormsAndNotTheirValue(t *testing.T) {
	t.Parallel()
	_, err := settingsOf(t, validSettings(t).With(map[string]string{
		"BFF_ALIPAY_PUBLIC_KEY": "file:/nowhere/key.pem", "BFF_ALIPAY_APP_CERT": "file:/nowhere/app.pem", "BFF_AGENCY_GATEWAY_KEYS": sentinel,
	}))
	wantError(t, err, "BFF_ALIPAY_PUBLIC_KEY: must name a file", "BFF_ALIPAY_APP_CERT: must name a file", "BFF_AGENCY_GATEWAY_KEYS: must each be ID=PATH of a file")
	if strings.Contains(err.Error(), sentinel) {
		t.Errorf("the error repeats a value: %v", err)
	}
}
