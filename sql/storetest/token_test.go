package storetest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/store"
)

const tokenName = "wechat_wx0123456789abcdef"

func TestToken_IsSharedByReplicas(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if got, err := f.replica.Token(t.Context(), tokenName); err != nil || got != (store.Token{}) {
			t.Fatalf("got %v, %v, want no token", got, err)
		}
		first := store.Token{Value: identity.NewSecret("first"), ExpiresAt: f.now.Add(2 * time.Hour)}
		second := store.Token{Value: identity.NewSecret("second"), ExpiresAt: f.now.Add(3 * time.Hour), ForcedAt: f.now}
		for _, want := range []store.Token{first, second} {
			if err := f.store.PutToken(t.Context(), tokenName, want); err != nil {
				t.Fatal(err)
			}
			got, err := f.replica.Token(t.Context(), tokenName)
			if err != nil || got.Value != want.Value || !got.ExpiresAt.Equal(want.ExpiresAt) || !got.ForcedAt.Equal(want.ForcedAt) {
				t.Errorf("got another token than the last one stored, error %v", err)
			}
		}
		if got, err := f.replica.Token(t.Context(), "wechat_another"); err != nil || got != (store.Token{}) {
			t.Errorf("got %v, %v for another application, want none", got, err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM provider_tokens"); n != 1 {
			t.Errorf("got %d rows, want one", n)
		}
	})
}

func TestToken_IsEncryptedAndBoundToItsApplication(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const secret = "a-token-that-nobody-may-read"
		for _, name := range []string{tokenName, "wechat_other"} {
			if err := f.store.PutToken(t.Context(), name, store.Token{Value: identity.NewSecret(secret + name)}); err != nil {
				t.Fatal(err)
			}
		}
		var cipher []byte
		if err := f.raw(t).GetContext(t.Context(), &cipher, "SELECT token_cipher FROM provider_tokens WHERE name = ?", tokenName); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(cipher, []byte(secret)) {
			t.Error("the token rests in plain text")
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE provider_tokens SET token_cipher = ? WHERE name = 'wechat_other'", cipher); err != nil {
			t.Fatal(err)
		}
		if _, err := f.store.Token(t.Context(), "wechat_other"); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("got %v for the token of another application, want an error without it", err)
		}
	})
}

func TestToken_OutlivesARotation(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.PutToken(t.Context(), tokenName, store.Token{Value: identity.NewSecret("kept")}); err != nil {
			t.Fatal(err)
		}
		rotated := rotate(t, f.keys)
		if err := f.withKeys(t, rotated).Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		got, err := f.withKeys(t, newestOnly(t, rotated)).Token(t.Context(), tokenName)
		if err != nil || got.Value.Reveal() != "kept" {
			t.Errorf("got %v, want the token to be readable under the new key alone", err)
		}
	})
}

func TestToken_ShowsItselfToNobody(t *testing.T) {
	t.Parallel()
	encoded, err := json.Marshal(store.Token{Value: identity.NewSecret("the-value")})
	if err != nil {
		t.Fatal(err)
	}
	token := store.Token{Value: identity.NewSecret("the-value")}
	if shown := fmt.Sprintf("%v %+v %#v %s %s", token, token, &token, token, encoded); strings.Contains(shown, "the-value") {
		t.Errorf("the value is in %q", shown)
	}
}
