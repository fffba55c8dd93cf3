package policy_test

import (
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification/policy"
)

var repair = identity.Text{Chinese: "维护到八点", Traditional: "維護到八點", English: "Under repair until eight"}

func TestSwitch_Validate(t *testing.T) {
	t.Parallel()
	good := policy.Switch{
		Check: policy.Face, Provider: "alipay", State: policy.Off, Text: repair, ChangedBy: "值班",
	}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(s *policy.Switch){
		"an unknown check":         func(s *policy.Switch) { s.Check = "aura" },
		"no provider":              func(s *policy.Switch) { s.Provider = "" },
		"an endless provider":      func(s *policy.Switch) { s.Provider = strings.Repeat("x", 49) },
		"an unknown state":         func(s *policy.Switch) { s.State = "skipped" },
		"off without words":        func(s *policy.Switch) { s.Text = identity.Text{} },
		"off in two languages":     func(s *policy.Switch) { s.Text.Traditional = " " },
		"on with words":            func(s *policy.Switch) { s.State = policy.On },
		"markup":                   func(s *policy.Switch) { s.Text.English = "<b>off</b>" },
		"a second line":            func(s *policy.Switch) { s.Text.English = "off\nfor good" },
		"text that runs backwards": func(s *policy.Switch) { s.Text.Chinese = "维护\u202e中" },
		"broken text":              func(s *policy.Switch) { s.Text.Chinese = "\xff" },
		"a novel":                  func(s *policy.Switch) { s.Text.Chinese = strings.Repeat("长", policy.MaxSwitchText+1) },
		"nobody":                   func(s *policy.Switch) { s.ChangedBy = "" },
		"an escape sequence":       func(s *policy.Switch) { s.ChangedBy = "\x1b[31mroot" },
	} {
		spoilt := good
		spoil(&spoilt)
		if spoilt.Validate() == nil {
			t.Errorf("%s was not refused", name)
		}
	}
}

func TestSwitch_Validate_TakesTheLongestName(t *testing.T) {
	t.Parallel()
	for length, valid := range map[int]bool{1: true, 48: true, 49: false} {
		s := policy.Switch{
			Check: policy.Face, Provider: strings.Repeat("p", length), State: policy.Off, Text: repair, ChangedBy: "operator",
		}
		if err := s.Validate(); (err == nil) != valid {
			t.Errorf("%d letters: got %v, want valid %t", length, err, valid)
		}
	}
}
