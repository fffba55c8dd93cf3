package agency_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/providers/agency"
	"renzheng/verification"
)

// The test vectors of docs/agency.md are what this client sends and believes.
func TestDocs_Vectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../docs/agency.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := string(raw)
	k := keys(t)
	for name, key := range map[string]string{"client": k.ClientPublic, "gateway": k.GatewayPublic} {
		if !strings.Contains(docs, strings.TrimSpace(key)) {
			t.Errorf("docs lack the %s's public test key:\n%s", name, key)
		}
	}
	var seeds []string
	for _, quoted := range regexp.MustCompile("the 32 ASCII bytes `([^`]*)`").FindAllStringSubmatch(docs, -1) {
		seed := ed25519.NewKeyFromSeed([]byte(quoted[1])) // panics unless they are 32
		der, err := x509.MarshalPKIXPublicKey(seed.Public())
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})))
	}
	if !slices.Equal(seeds, []string{k.ClientPublic, k.GatewayPublic}) {
		t.Errorf("got the keys %q from the seeds of the docs, want the server's and the gateway's", seeds)
	}
	const body = `{"attempt_id":"` + attemptID + `","reference":"0f3e5c2a-1111-4222-8333-444455556666","result":"match"}`
	client := open(t, agency.Config{
		URL:   "https://gateway.example.gov.cn",
		Clock: func() time.Time { return time.Unix(1772380800, 0) },
		Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			sent, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			wantInDocs(t, docs, "the request's body", string(sent))
			wantInDocs(t, docs, "the request's digest", r.Header.Get("Content-Digest"))
			return vectorAnswer(t, docs, r, body), nil
		}),
	})
	query := verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)}
	if got, err := client.CheckDocument(t.Context(), query); err != nil || got.Outcome != verification.OutcomePassed {
		t.Errorf("got %+v and error %v, want the vector to pass", got, err)
	}
}

// vectorAnswer holds both signatures to the docs for the nonce of the docs, and
// answers the request as it came.
func vectorAnswer(t *testing.T, docs string, r *http.Request, body string) *http.Response {
	t.Helper()
	const nonce = "AAAAAAAAAAAAAAAAAAAAAAAAAA"
	_, sentNonce, _ := strings.Cut(r.Header.Get("Signature-Input"), `nonce="`)
	sentNonce = strings.TrimSuffix(sentNonce, `"`)
	input := strings.Replace(r.Header.Get("Signature-Input"), sentNonce, nonce, 1)
	base := strings.Join([]string{
		`"@method": PUT`, `"@authority": gateway.example.gov.cn`, `"@path": /v1/document-checks/` + attemptID, `"@query": ?`,
		`"content-digest": ` + r.Header.Get("Content-Digest"), `"@signature-params": ` + strings.TrimPrefix(input, "sig1="),
	}, "\n")
	wantInDocs(t, docs, "the request's base", base)
	requestSignature := "sig1=:" + signed(t, keys(t).ClientKey, base) + ":"
	wantInDocs(t, docs, "the request's signature", requestSignature)

	digest := agency.ContentDigest([]byte(body))
	params := fmt.Sprintf(`("@status" "content-digest" "signature";req);created=1772380801;keyid="gateway-test";nonce=%q`, nonce)
	answerBase := strings.Join([]string{
		`"@status": 200`, `"content-digest": ` + digest, `"signature";req: ` + requestSignature, `"@signature-params": ` + params,
	}, "\n")
	wantInDocs(t, docs, "the answer's body", body)
	wantInDocs(t, docs, "the answer's base", answerBase)
	wantInDocs(t, docs, "the answer's signature", "sig1=:"+signed(t, keys(t).GatewayKey, answerBase)+":")

	live := strings.NewReplacer(requestSignature, r.Header.Get("Signature"), nonce, sentNonce)
	return &http.Response{
		StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body)),
		Header: http.Header{
			"Content-Digest": {digest}, "Signature-Input": {"sig1=" + live.Replace(params)},
			"Signature": {"sig1=:" + signed(t, keys(t).GatewayKey, live.Replace(answerBase)) + ":"},
		},
	}
}

func signed(t *testing.T, private, base string) string {
	t.Helper()
	key, err := agency.ReadPrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	ed, ok := key.(ed25519.PrivateKey)
	if !ok {
		t.Fatal("the test keys are Ed25519")
	}
	return base64.StdEncoding.EncodeToString(ed25519.Sign(ed, []byte(base)))
}

func wantInDocs(t *testing.T, docs, name, text string) {
	t.Helper()
	if !strings.Contains(docs, text) {
		t.Errorf("docs/agency.md lacks %s:\n%s", name, text)
	}
}
