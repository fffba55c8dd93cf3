package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"renzheng/receipt"
)

// committed gives the opening of a value under a domain.
func committed(t *testing.T, domain, value string) receipt.Opening {
	t.Helper()
	salt, err := receipt.NewSalt(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := receipt.Opening{Domain: domain, Salt: salt, Value: json.RawMessage(value)}
	if o.Commitment, err = receipt.Commit(domain, salt, o.Value); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCheckEvidence(t *testing.T) {
	t.Parallel()
	picture := []byte("a picture")
	digest := sha256.Sum256(picture)
	content := committed(t, receipt.DomainContent, `{"title":"`+sentinel+`"}`)
	portrait := committed(t, receipt.DomainPortrait, `{"sha256":"`+hex.EncodeToString(digest[:])+`"}`)
	other := committed(t, receipt.DomainContent, `{"title":"another"}`)
	s := receipt.Statement{ContentDigest: content.Commitment, Portrait: portrait.Commitment}
	type evidence map[string]any
	for name, tt := range map[string]struct {
		filed any
		want  string // "" = it fits
	}{
		"all of it":        {evidence{"openings": []receipt.Opening{content, portrait}, "portrait": evidence{"data": picture}}, ""},
		"a part of it":     {evidence{"openings": []receipt.Opening{content}}, ""},
		"another content":  {evidence{"openings": []receipt.Opening{other}}, "content_digest does not match"},
		"another picture":  {evidence{"openings": []receipt.Opening{portrait}, "portrait": evidence{"data": []byte(sentinel)}}, "the picture is not the one"},
		"an unsaid one":    {evidence{"openings": []receipt.Opening{content}, "portrait": evidence{"data": picture}}, "the picture is not the one"},
		"something else":   {[]string{sentinel}, "not what the registry's call answers"},
		"openings of none": {evidence{"openings": sentinel}, "not what the registry's call answers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := json.Marshal(tt.filed)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "evidence.json")
			if err = os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			err = checkEvidence(path, s)
			if tt.want == "" {
				if err != nil {
					t.Errorf("got %v, want none", err)
				}
				return
			}
			lacks(t, err, tt.want)
			if err != nil && strings.Contains(err.Error(), sentinel) {
				t.Errorf("the error repeats a value: %q", err)
			}
		})
	}
}
