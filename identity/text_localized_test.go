package identity_test

import (
	"slices"
	"testing"

	"renzheng/identity"
)

func TestText_For(t *testing.T) {
	t.Parallel()
	text := identity.Text{Chinese: "证", Traditional: "證", English: "card"}
	if text.For("en") != "card" || text.For("zh-Hans") != "证" || text.For("zh-Hant") != "證" || text.For("fr") != "证" {
		t.Error("an unknown language must return the text in the default one")
	}
}

func TestText_Missing(t *testing.T) {
	t.Parallel()
	text := identity.Text{Chinese: "证", Traditional: " "}
	if got := text.Missing(); !slices.Equal(got, []string{identity.Traditional, identity.English}) {
		t.Errorf("got %v, want the two languages without a text", got)
	}
}
