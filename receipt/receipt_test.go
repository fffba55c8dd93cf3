package receipt_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"renzheng/receipt"
)

var answered = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func newSalt(tb testing.TB) receipt.Salt {
	tb.Helper()
	salt, err := receipt.NewSalt(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return salt
}

// opening commits to a value and returns its opening.
func opening(tb testing.TB, domain, value string, into *receipt.Commitment) receipt.Opening {
	tb.Helper()
	o, commitment, err := receipt.Open(domain, newSalt(tb), json.RawMessage(value))
	if err != nil {
		tb.Fatal(err)
	}
	*into = commitment
	return o
}

// confirmed returns the statement of a confirmation and the openings of its five parts.
func confirmed(tb testing.TB) (receipt.Statement, []receipt.Opening) {
	tb.Helper()
	s := receipt.Statement{
		Version: receipt.Version, Issuer: "https://bff.example", Environment: receipt.Production,
		ConfirmationID: "cfm_1", StatementBy: receipt.Person,
		Decision: receipt.Confirmed, RegistryID: "sh", TodoID: "tod_1", Revision: 3, RoleCode: "legal_representative",
		IssuedAt: answered, AnsweredAt: answered,
		ContentShownAt: answered.Add(-time.Minute), FacePassedAt: answered.Add(-time.Second),
		Access: &receipt.Access{
			Verification: receipt.Verification{
				ID: "ver_0", PolicyDigest: strings.Repeat("c", 43),
				Checks: []receipt.Check{
					{Kind: "face", Provider: "alipay", Level: "FACE", AttemptID: "att_3", PassedAt: answered.Add(-time.Hour)},
					{Kind: "bank_card", Provider: "tencentcloud", Level: "4", AttemptID: "att_4", PassedAt: answered.Add(-time.Hour)},
				},
			},
			AcceptedAt: answered.Add(-30 * time.Minute),
		},
		Verification: &receipt.Verification{
			ID: "ver_1", PolicyDigest: strings.Repeat("a", 43),
			Checks: []receipt.Check{
				{Kind: "face", Provider: "alipay", Level: "FACE", AttemptID: "att_1", PassedAt: answered},
			},
		},
		Consents: []receipt.Consent{{Kind: "face", NoticeHash: strings.Repeat("b", 64), AcceptedAt: answered}},
	}
	openings := []receipt.Opening{
		opening(tb, receipt.DomainContent, `{"title":"设立登记"}`, &s.ContentDigest),
		opening(tb, receipt.DomainSigner, `{"name":"张三","number":"X"}`, &s.Signer),
		opening(tb, receipt.DomainCase, `"c_1"`, &s.Case),
		opening(tb, receipt.DomainPortrait, `"picture"`, &s.Portrait),
		opening(tb, receipt.DomainHandwriting, `"strokes"`, &s.Handwriting),
	}
	return s, openings
}

func newKey(tb testing.TB) receipt.SigningKey {
	tb.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return receipt.SigningKey{ID: thumbprint(tb, &private.PublicKey), Private: private}
}

func thumbprint(tb testing.TB, public *ecdsa.PublicKey) string {
	tb.Helper()
	sum, err := (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
	if err != nil {
		tb.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// published returns the key set of some keys as go-jose writes it, which is not how the package itself does.
func published(tb testing.TB, keys ...receipt.SigningKey) []byte {
	tb.Helper()
	var set jose.JSONWebKeySet
	for _, k := range keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: &k.Private.PublicKey, KeyID: k.ID, Algorithm: "ES256", Use: "sig"})
	}
	raw, err := json.Marshal(set)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func seal(tb testing.TB, key receipt.SigningKey) string {
	tb.Helper()
	s, _ := confirmed(tb)
	sealed, err := receipt.Seal(s, key)
	if err != nil {
		tb.Fatal(err)
	}
	return sealed
}

func pack(tb testing.TB, sealed string, keys []byte) []byte {
	tb.Helper()
	p, err := receipt.NewPackage(sealed, keys)
	if err != nil {
		tb.Fatal(err)
	}
	file, err := json.Marshal(p)
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

// sign makes a compact JWS of any header and payload, as an attacker with the key could.
func sign(tb testing.TB, key receipt.SigningKey, header, payload string) string {
	tb.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(header)) + "." + encode([]byte(payload))
	digest := crypto.SHA256.New()
	digest.Write([]byte(input))
	r, s, err := ecdsa.Sign(rand.Reader, key.Private, digest.Sum(nil))
	if err != nil {
		tb.Fatal(err)
	}
	if other := new(big.Int).Sub(elliptic.P256().Params().N, s); other.Cmp(s) < 0 {
		s = other
	}
	signature := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	return input + "." + encode(signature)
}
