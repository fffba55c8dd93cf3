package registry_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

// A key is believed until its end. After that its holder, and nobody else, learns why.
func TestKey_EndsWhenTheFileSays(t *testing.T) {
	t.Parallel()
	key, clock := newEd25519(t), now()
	end := now().Add(time.Hour)
	directory := load(t, object{"id": "beijing", "name": "北京市市场监督管理局", "keys": []object{
		{"id": "bj-1", "alg": "ed25519", "public_key": publicPEM(t, key), "until": end.In(time.FixedZone("", 8*3600)).Format(time.RFC3339)},
		{"id": "bj-2", "alg": "ed25519", "public_key": publicPEM(t, newEd25519(t))},
	}})
	if keys := directory.Keys("beijing"); len(keys) != 2 || keys[0].ID != "bj-1" || !keys[0].Until.Equal(end) || !keys[1].Until.IsZero() {
		t.Errorf("got %v", keys)
	}
	verifier := registry.NewVerifier(registry.VerifierConfig{
		Directory: directory, Nonces: &nonces{}, Authority: authority, Clock: func() time.Time { return clock }, IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
	})
	check := func(signer *registrytest.Signer) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/registry/v1/events", http.NoBody)
		if err := signer.Sign(r, nil); err != nil {
			t.Fatal(err)
		}
		_, err := verifier.Check(r, nil)
		if rejection, ok := errors.AsType[*todo.RequestError](err); ok {
			return rejection.Code
		}
		return ""
	}
	holder := &registrytest.Signer{KeyID: "bj-1", Key: key, Authority: authority, Clock: func() time.Time { return clock }}
	stranger := &registrytest.Signer{KeyID: "bj-1", Key: newEd25519(t), Authority: authority, Clock: holder.Clock}
	clock = end.Add(-time.Second)
	if got := check(holder); got != "" {
		t.Errorf("a second before the end: got %s", got)
	}
	clock = end
	if got := check(holder); got != todo.KeyExpired {
		t.Errorf("at the end: got %q, want %s", got, todo.KeyExpired)
	}
	if got := check(stranger); got != todo.SignatureInvalid {
		t.Errorf("a stranger: got %q, want %s", got, todo.SignatureInvalid)
	}
	for _, wrong := range []any{"2027-06-30", "soon", "", 5, nil} {
		_, err := registry.LoadFile(encode(t, object{"registries": []object{{"id": "a", "name": "a", "keys": []object{
			{"id": "k", "alg": "ed25519", "public_key": publicPEM(t, key), "until": wrong},
		}}}}))
		if err == nil || !strings.Contains(err.Error(), "/registries/0/keys/0/until") {
			t.Errorf("until %v: got %v, want an error that names its place", wrong, err)
		}
	}
}
