package agency_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"renzheng/providers/agency"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// FuzzSignedAnswer holds that nothing a gateway signs makes a call panic, and
// that a face passes on a plain pass with liveness alone.
func FuzzSignedAnswer(f *testing.F) {
	pass := `{"attempt_id":"` + attemptID + `","state":"passed","liveness":"passed","document":{"type":"passport","number":"E12345678",` +
		`"name":"林·海外"},"account":{"kind":"open_id","id":"` + openID + `"},"portrait":"iVBORw0KGgo="}`
	f.Add(http.StatusOK, []byte(pass))
	f.Add(http.StatusOK, []byte(strings.Replace(pass, `"liveness":"passed",`, "", 1)))
	f.Add(http.StatusOK, []byte(strings.Replace(pass, `"state":"passed"`, `"state":"failed","state":"passed"`, 1)))
	f.Add(http.StatusOK, []byte(`{"attempt_id":"`+attemptID+`","result":"match"}`))
	f.Add(http.StatusOK, []byte(`{"attempt_id":"`+attemptID+`","page_url":"https://gateway.example.gov.cn/face/x"}`))
	f.Add(http.StatusNotFound, []byte(`{"code":"not_found"}`))
	f.Add(http.StatusUnprocessableEntity, []byte(`{"code":"document_unsupported"}`))
	f.Add(http.StatusOK, []byte(`null`))

	f.Fuzz(func(t *testing.T, status int, body []byte) {
		client := open(t, agency.Config{URL: "https://gateway.example.gov.cn", Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			return signedAnswer(t, r, status, body), nil
		})})
		face, faceErr := client.QueryFace(t.Context(), faceQuery(t))
		wantFuzzed(t, face.Outcome, face.Failure, faceErr)
		if face.Outcome == verification.OutcomePassed && (status != http.StatusOK || !plainPass(body) || !face.Liveness) {
			t.Fatalf("a face passed on status %d and %q", status, body)
		}
		document, documentErr := client.CheckDocument(t.Context(), verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)})
		wantFuzzed(t, document.Outcome, document.Failure, documentErr)
		started, startErr := client.StartFace(t.Context(), faceStart(t))
		if (startErr == nil) != strings.HasPrefix(started.Call.URL, "https://gateway.example.gov.cn") {
			t.Fatalf("got page %q and error %v", started.Call.URL, startErr)
		}
	})
}

// FuzzSignatureFields holds that no signature fields make a call panic, and
// that without the gateway's key none is believed.
func FuzzSignatureFields(f *testing.F) {
	const params = `("@status" "content-digest" "signature";req);created=1772380801;keyid="gateway-test";nonce="x"`
	f.Add("sig1="+params, "sig1=:AAAA:", "sha-256=:AAAA:")
	f.Add(`sig1=("@status";key=1 "signature";req=?0);created=1.5;keyid=a;nonce=:AA==:`, "sig1=(1 2)", "sha-256")
	f.Add("sig1="+params+", sig1="+params, "sig1=:AAAA:, sig1=:AAAA:", "sha-512=:AAAA:")
	f.Fuzz(func(t *testing.T, input, signature, digest string) {
		client := open(t, agency.Config{URL: "https://gateway.example.gov.cn", Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{
				StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(`{"attempt_id":"` + attemptID + `","result":"match"}`)),
				Header: http.Header{"Signature-Input": {input}, "Signature": {signature}, "Content-Digest": {digest}},
			}, nil
		})})
		got, err := client.CheckDocument(t.Context(), verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)})
		if err == nil || got.Outcome != "" {
			t.Fatalf("got %s on %q, want an error", got.Outcome, input)
		}
	})
}

func signedAnswer(t *testing.T, r *http.Request, status int, body []byte) *http.Response {
	t.Helper()
	_, nonce, _ := strings.Cut(r.Header.Get("Signature-Input"), `nonce="`)
	_, created, _ := strings.Cut(r.Header.Get("Signature-Input"), `created=`)
	created, _, _ = strings.Cut(created, ";")
	digest := agency.ContentDigest(body)
	params := fmt.Sprintf(`("signature";req "@status" "content-digest");nonce="%s;created=%s;keyid="gateway-test";alg="ed25519"`, nonce, created)
	base := fmt.Sprintf("\"signature\";req: %s\n\"@status\": %d\n\"content-digest\": %s\n\"@signature-params\": %s",
		r.Header.Get("Signature"), status, digest, params)
	return &http.Response{
		StatusCode: status, Body: io.NopCloser(bytes.NewReader(body)),
		Header: http.Header{
			"Content-Digest": {digest}, "Signature-Input": {"sig1=" + params}, "Signature": {"sig1=:" + signed(t, keys(t).GatewayKey, base) + ":"},
		},
	}
}

func wantFuzzed(t *testing.T, outcome verification.Outcome, code failure.Code, err error) {
	t.Helper()
	if (err == nil) == (outcome == "") || (outcome == verification.OutcomeFailed) == (code == "") {
		t.Fatalf("got outcome %q, failure %q and error %v", outcome, code, err)
	}
	if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
		t.Fatalf("the error has line breaks: %q", err)
	}
}

// plainPass reads an answer in the plainest way there is.
func plainPass(body []byte) bool {
	var answer struct {
		AttemptID string `json:"attempt_id"`
		State     string `json:"state"`
		Liveness  string `json:"liveness"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return false
	}
	return answer.AttemptID == attemptID && answer.State == "passed" && answer.Liveness == "passed"
}
