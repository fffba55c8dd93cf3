package random_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"regexp"
	"testing"

	"renzheng/random"
)

func TestDrawn_HasItsFormat(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		draw func(io.Reader) (string, error)
		want string
	}{
		"id":       {func(r io.Reader) (string, error) { return random.ID(r, "tod_") }, `^tod_[0-9a-f]{32}$`},
		"short id": {func(r io.Reader) (string, error) { return random.ShortID(r, "ses_") }, `^ses_[0-9a-f]{28}$`},
		"token":    {random.Token, `^[A-Za-z0-9_-]{43}$`},
	} {
		first, err := tt.draw(rand.Reader)
		second, again := tt.draw(rand.Reader)
		if err != nil || again != nil || first == second || !regexp.MustCompile(tt.want).MatchString(first) {
			t.Errorf("%s: got %q and %q, %v, %v", name, first, second, err, again)
		}
		if _, err = tt.draw(bytes.NewReader(make([]byte, 13))); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: got %v without randomness", name, err)
		}
	}
}

func TestHashToken_RejectsWhatIsNoToken(t *testing.T) {
	t.Parallel()
	token, err := random.Token(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if hash, ok := random.HashToken(token); !ok || hash != sha256.Sum256([]byte(token)) {
		t.Errorf("got %x, %t", hash, ok)
	}
	for _, text := range []string{"", token[1:], token + "A", token + "\n", token[:42] + "+", token[:42] + "B"} {
		if _, ok := random.HashToken(text); ok {
			t.Errorf("%q is taken for a token", text)
		}
	}
}
