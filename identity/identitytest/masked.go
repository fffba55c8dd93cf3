// Package identitytest is for tests only. It looks for personal values in what is printed.
package identitytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// WantMasked fails where a value shows one of the secrets, however it is printed, logged or encoded.
func WantMasked(t *testing.T, secrets []string, values ...any) {
	t.Helper()
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%U"} {
			wantNone(t, verb, fmt.Sprintf(verb, value), secrets)
		}
		wantNone(t, "Errorf", fmt.Errorf("refusing %v", value).Error(), secrets)
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatalf("encoding %T: %v", value, err)
		}
		wantNone(t, "JSON", string(encoded), secrets)
		var out bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
			slog.New(handler).With("bound", value).Info("planted", "value", value)
		}
		wantNone(t, "slog", out.String(), secrets)
	}
}

func wantNone(t *testing.T, how, got string, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(got, secret) {
			t.Errorf("got %q by %s, which shows %q", got, how, secret)
		}
	}
}
