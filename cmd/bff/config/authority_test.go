package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"renzheng/cmd/bff/config"
)

func TestAuthority_Check(t *testing.T) {
	t.Parallel()
	noPicture := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(noPicture, []byte("<svg/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		settings config.Authority
		want     string // "" = they hold
	}{
		"a name alone":           {config.Authority{Name: "样例市市场监督管理局"}, ""},
		"everything":             {config.Authority{Name: "样例局", NameTraditional: "樣例局", NameEnglish: "Sample Bureau", Color: "#8A3b00"}, ""},
		"no name":                {config.Authority{Name: " "}, "Name: must be"},
		"a name with markup":     {config.Authority{Name: "<b>样例</b>"}, "Name: must be"},
		"a long name":            {config.Authority{Name: "样", NameEnglish: strings.Repeat("a", 61)}, "NameEnglish: must be"},
		"no color":               {config.Authority{Name: "样例局", Color: "red"}, "Color: must be a color"},
		"a color too light":      {config.Authority{Name: "样例局", Color: "#ffcc00"}, "Color: must have a contrast of at least 4.5 to white, and has 1.5"},
		"the lightest grey":      {config.Authority{Name: "样例局", Color: "#767676"}, ""},
		"a logo that is missing": {config.Authority{Name: "样例局", Logo: "none.png"}, "Logo: reading the picture"},
		"a logo that is none":    {config.Authority{Name: "样例局", Logo: noPicture}, "Logo: must be a PNG or JPEG"},
	} {
		err := tt.settings.Check()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}
