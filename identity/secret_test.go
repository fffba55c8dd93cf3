package identity_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"renzheng/identity"
)

// masking is what every type that masks itself implements.
type masking interface {
	fmt.Formatter
	fmt.GoStringer
	fmt.Stringer
	slog.LogValuer
	json.Marshaler
	encoding.TextMarshaler
	Reveal() string
}

// maskingWith holds a value in the two ways that fmt and slog treat differently.
type maskingWith struct {
	Shown  any
	hidden masking
}

func TestSecret_ShowsItsMaskInEveryRendering(t *testing.T) {
	t.Parallel()
	const plain = "sentinel"
	for name, c := range map[string]struct {
		value masking
		mask  string
	}{
		"secret":       {identity.NewSecret(plain), "[redacted]"},
		"channel user": {identity.NewChannelUser("app", "open_id", plain), "open_id:[redacted]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			encoded, err := c.value.MarshalJSON()
			if err != nil {
				t.Fatalf("encoding as JSON: %v", err)
			}
			text, err := c.value.MarshalText()
			if err != nil {
				t.Fatalf("encoding as text: %v", err)
			}
			for method, got := range map[string]string{
				"String": c.value.String(), "GoString": c.value.GoString(), "LogValue": c.value.LogValue().String(),
				"MarshalText": string(text), "MarshalJSON": strings.Trim(string(encoded), `"`),
				"%v": fmt.Sprintf("%v", c.value), "%+v": fmt.Sprintf("%+v", c.value), "%#v": fmt.Sprintf("%#v", c.value),
				"%s": fmt.Sprintf("%s", c.value), "%q": fmt.Sprintf("%q", c.value), "%x": fmt.Sprintf("%x", c.value),
				"%d": fmt.Sprintf("%d", c.value),
			} {
				if got != c.mask {
					t.Errorf("%s: got %q, want %q", method, got, c.mask)
				}
			}
			holder := maskingWith{Shown: c.value, hidden: c.value}
			var out bytes.Buffer
			for _, handler := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
				slog.New(handler).Info("secret", "value", c.value, "holder", holder)
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s"} { // not constant: vet would reject %x
				fmt.Fprintf(&out, verb, holder)
			}
			if strings.Contains(out.String(), plain) || strings.Contains(out.String(), fmt.Sprintf("%x", plain)) {
				t.Errorf("got %q, which shows the plaintext", out.String())
			}
			if got := c.value.Reveal(); got != plain {
				t.Errorf("got %q revealed, want the plaintext", got)
			}
		})
	}
}

func TestSecret_ZeroHoldsNothing(t *testing.T) {
	t.Parallel()
	empty := identity.NewSecret("")
	if !empty.IsZero() || empty != (identity.Secret{}) || empty.Reveal() != "" || empty.String() != "" {
		t.Errorf("got %v, want the zero value", empty)
	}
	first, same, other := identity.NewSecret("a"), identity.NewSecret("a"), identity.NewSecret("b")
	if first != same || first == other {
		t.Error("secrets do not compare by their plaintext")
	}
}
