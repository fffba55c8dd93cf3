package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

// write makes the vectors anew: go test ./cmd/registry-check -run Vectors -write
var write = flag.Bool("write", false, "write docs/vectors")

const vectorsPath = "../../docs/vectors/"

func vectorTime() time.Time { return time.Unix(1795302000, 0) }

// requestVector is a signed request.
type requestVector struct {
	Name           string `json:"name"`
	Alg            string `json:"alg"`
	PrivateKey     string `json:"private_key"`
	PublicKey      string `json:"public_key"`
	KeyID          string `json:"key_id"`
	Created        int64  `json:"created"`
	Nonce          string `json:"nonce"`
	Method         string `json:"method"`
	Authority      string `json:"authority"`
	Path           string `json:"path"`
	Query          string `json:"query"`
	Body           string `json:"body"`
	ContentDigest  string `json:"content_digest,omitempty"`
	Base           string `json:"base"`
	SignatureInput string `json:"signature_input"`
	Signature      string `json:"signature"`
}

// request returns the request of a vector, not signed.
func (v *requestVector) request(t *testing.T) *http.Request {
	t.Helper()
	target := v.Path
	if v.Query != "" {
		target += "?" + v.Query
	}
	r := httptest.NewRequestWithContext(t.Context(), v.Method, target, strings.NewReader(v.Body))
	if v.Body != "" {
		r.Header.Set("Content-Digest", registrytest.Digest([]byte(v.Body)))
	}
	return r
}

// sign fills in what follows from the other members.
func (v *requestVector) sign(t *testing.T, key crypto.Signer) {
	t.Helper()
	private, err := x509.MarshalPKCS8PrivateKey(key)
	public, errPublic := x509.MarshalPKIXPublicKey(key.Public())
	if err = errors.Join(err, errPublic); err != nil {
		t.Fatal(err)
	}
	v.PrivateKey = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
	v.PublicKey = string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
	r := v.request(t)
	v.ContentDigest = r.Header.Get("Content-Digest")
	draft := (&registrytest.Signer{KeyID: v.KeyID, Key: key, Authority: v.Authority, Clock: vectorTime}).Draft([]byte(v.Body))
	draft.Nonce = v.Nonce
	if err = draft.Apply(r, key); err != nil {
		t.Fatal(err)
	}
	v.SignatureInput, v.Signature = r.Header.Get("Signature-Input"), r.Header.Get("Signature")
	_, rejection := v.check(t, true, "sig1=:AAAA:")
	v.Base = rejection.Base // what the server would have liked to see signed
}

// check asks the server's verifier, about another signature if one is given.
func (v *requestVector) check(t *testing.T, sandbox bool, signature string) (string, *todo.RequestError) {
	t.Helper()
	directory, err := registry.LoadFile(object{"registries": []object{{
		"id": "vectors", "name": "vectors", "keys": []object{{"id": v.KeyID, "alg": v.Alg, "public_key": v.PublicKey}},
	}}}.encode())
	if err != nil {
		t.Fatal(err)
	}
	verifier := registry.NewVerifier(registry.VerifierConfig{
		Directory: directory, Nonces: &nonces{seen: map[string]bool{}}, Authority: v.Authority, Clock: vectorTime, Sandbox: sandbox,
		IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
	})
	r := v.request(t)
	r.Header.Set("Signature-Input", v.SignatureInput)
	r.Header.Set("Signature", signature)
	id, err := verifier.Check(r, []byte(v.Body))
	rejection, _ := errors.AsType[*todo.RequestError](err)
	return id, rejection
}

func newRequestVectors(t *testing.T) []requestVector {
	t.Helper()
	plain := requestVector{
		Alg: "ed25519", KeyID: "beijing-2026", Created: vectorTime().Unix(), Authority: "renzheng.example.cn", Method: http.MethodGet,
	}
	seed := ed25519.NewKeyFromSeed([]byte("a key of the vectors, 32 bytes 1"))
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	noQuery, query, body := plain, plain, plain
	noQuery.Name, noQuery.Path, noQuery.Nonce = "GET without a query", "/registry/v1/cases/2026-0815", "AAAAAAAAAAAAAAAAAAAAAAAA"
	query.Name, query.Path, query.Nonce = "GET with a query", "/registry/v1/events", "BBBBBBBBBBBBBBBBBBBBBBBB"
	query.Query = "after=41&limit=100"
	body.Name, body.Path, body.Nonce = "PUT with a body", "/registry/v1/cases/2026-0815", "CCCCCCCCCCCCCCCCCCCCCCCC"
	body.Method, body.Body = http.MethodPut, `{"revision":1,"items":[{"label":"注册资本","value":"壹佰万元人民币"}]}`
	second := body
	second.Name, second.Alg, second.KeyID, second.Nonce = "PUT with a body, P-256", "ecdsa-p256-sha256", "beijing-p256", "DDDDDDDDDDDDDDDDDDDDDDDD"
	all := []requestVector{noQuery, query, body, second}
	for i := range all {
		var key crypto.Signer = seed
		if all[i].Alg != "ed25519" {
			key = curve
		}
		all[i].sign(t, key)
	}
	return all
}

// webhookVector is an event as it comes.
type webhookVector struct {
	Name      string `json:"name"`
	Secret    string `json:"secret"`
	ID        string `json:"webhook_id"`
	Timestamp string `json:"webhook_timestamp"`
	Signature string `json:"webhook_signature"`
	Body      string `json:"body"`
	Now       int64  `json:"now"`
	Valid     bool   `json:"valid"`
}

func newWebhookVectors(t *testing.T) []webhookVector {
	t.Helper()
	secretOf := func(fill string) (string, *standardwebhooks.Webhook) {
		raw := []byte(strings.Repeat(fill, 32))
		webhook, err := standardwebhooks.NewWebhookRaw(raw)
		if err != nil {
			t.Fatal(err)
		}
		return "whsec_" + base64.StdEncoding.EncodeToString(raw), webhook
	}
	secret, webhook := secretOf("s")
	_, old := secretOf("o")
	const body = `{"type":"todo.expired","timestamp":"2026-11-22T07:00:00Z","data":{"registry_id":"beijing","case_id":"2026-0815","signer_id":"S1","todo_id":"tod_1","revision":1}}`
	vector := func(name string, valid bool, change func(*webhookVector)) webhookVector {
		v := webhookVector{
			Name: name, Secret: secret, ID: "evt_1", Timestamp: strconv.FormatInt(vectorTime().Unix(), 10), Body: body,
			Now: vectorTime().Unix(), Valid: valid,
		}
		signature, err := webhook.Sign(v.ID, vectorTime(), []byte(v.Body))
		if err != nil {
			t.Fatal(err)
		}
		v.Signature = signature
		change(&v)
		return v
	}
	other, err := old.Sign("evt_1", vectorTime(), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return []webhookVector{
		vector("valid", true, func(*webhookVector) {}),
		vector("299 s later", true, func(v *webhookVector) { v.Now += 299 }),
		vector("301 s later", false, func(v *webhookVector) { v.Now += 301 }),
		vector("301 s before", false, func(v *webhookVector) { v.Now -= 301 }),
		vector("the second of two signatures", true, func(v *webhookVector) { v.Signature = other + " " + v.Signature }),
		vector("a signature of an unknown version first", true, func(v *webhookVector) { v.Signature = "v1a,AAAA " + v.Signature }),
		vector("another secret", false, func(v *webhookVector) { v.Signature = other }),
		vector("no signature", false, func(v *webhookVector) { v.Signature = "" }),
		vector("another body", false, func(v *webhookVector) { v.Body = strings.Replace(v.Body, `:1}`, `:2}`, 1) }),
		vector("the body with a space", false, func(v *webhookVector) { v.Body += " " }),
		vector("another id", false, func(v *webhookVector) { v.ID = "evt_2" }),
		vector("another timestamp", false, func(v *webhookVector) { v.Timestamp = strconv.FormatInt(vectorTime().Unix()+1, 10) }),
		vector("no timestamp", false, func(v *webhookVector) { v.Timestamp = "" }),
	}
}

// commitmentVector is a value and its commitment.
type commitmentVector struct {
	Name       string             `json:"name"`
	Domain     string             `json:"domain"`
	Salt       receipt.Salt       `json:"salt"`
	Value      json.RawMessage    `json:"value"`
	Commitment receipt.Commitment `json:"commitment"`
}

func newCommitmentVectors(t *testing.T) []commitmentVector {
	t.Helper()
	all := []commitmentVector{
		{Name: "a case", Domain: receipt.DomainCase, Value: json.RawMessage(`{"case_id":"2026-0815","registry_id":"beijing","signer_id":"S1"}`)},
		{Name: "a signer", Domain: receipt.DomainSigner, Value: json.RawMessage(`{"name":"李样例","number":"119901197001010018","type":"resident_id"}`)},
		{Name: "members in another order", Domain: receipt.DomainSigner, Value: json.RawMessage(`{"type":"resident_id","number":"119901197001010018","name":"李样例"}`)},
		{
			Name: "line breaks, quotes, a solidus and characters beyond U+FFFF", Domain: receipt.DomainContent,
			Value: json.RawMessage(`{"items":[{"label":"经营\"范围\"","value":"一般项目：\n许可/备案 \\ 𠮷𱁬 é"}],"role":"股东"}`),
		},
		{Name: "strokes", Domain: receipt.DomainHandwriting, Value: json.RawMessage(`{"strokes":"` + sampleStrokes + `"}`)},
	}
	for i := range all {
		for j := range all[i].Salt {
			all[i].Salt[j] = byte(16*i + j)
		}
		var err error
		if all[i].Commitment, err = receipt.Commit(all[i].Domain, all[i].Salt, all[i].Value); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// evidenceVector is an evidence file.
type evidenceVector struct {
	Name  string `json:"name"`
	File  string `json:"file"`
	Valid bool   `json:"valid"`
}

type evidenceVectors struct {
	JWKS    json.RawMessage  `json:"jwks"`
	Vectors []evidenceVector `json:"vectors"`
}

func newEvidenceVectors(t *testing.T) evidenceVectors {
	t.Helper()
	sealers := [2]*sealer{}
	for i := range sealers {
		var err error
		if sealers[i], err = newSealer("https://renzheng.example.cn", "beijing", vectorTime()); err != nil {
			t.Fatal(err)
		}
	}
	answerOf := func(s *sealer, decision receipt.Decision) string {
		a, err := s.seal(answer{caseID: "2026-0815", signerID: "S1", todoID: "tod_1", confirmationID: "cfm_1", revision: 1}, decision, vectorTime())
		if err != nil {
			t.Fatal(err)
		}
		return string(a.evidence)
	}
	confirmed, scanned := answerOf(sealers[0], receipt.Confirmed), answerOf(sealers[0], receipt.DoneAtWindow)
	var file receipt.Evidence
	if err := json.Unmarshal([]byte(confirmed), &file); err != nil {
		t.Fatal(err)
	}
	changed := func(change func(*receipt.Evidence)) string {
		other := file
		other.Openings = append([]receipt.Opening{}, file.Openings...)
		change(&other)
		content, err := other.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	return evidenceVectors{JWKS: sealers[0].ring.JWKS(), Vectors: []evidenceVector{
		{"confirmed", confirmed, true},
		{"refused", answerOf(sealers[0], receipt.Declined), true},
		{"signed on a paper that was scanned", scanned, true},
		{"another page", strings.Replace(scanned, `"scan":["`, `"scan":["AAAA`, 1), false},
		{"no scan", scanned[:strings.LastIndex(scanned, `,"scan"`)] + "}", false},
		{"an unknown key", answerOf(sealers[1], receipt.Confirmed), false},
		{"another content", strings.Replace(confirmed, "壹佰万元人民币", "贰佰万元人民币", 1), false},
		{"an altered receipt", changed(func(e *receipt.Evidence) { e.Receipt = altered(e.Receipt) }), false},
		{"another portrait", changed(func(e *receipt.Evidence) { e.Portrait = append(bytes.Clone(e.Portrait), 0) }), false},
		{"no portrait", changed(func(e *receipt.Evidence) { e.Portrait = nil }), false},
		{"no handwriting", changed(func(e *receipt.Evidence) { e.Handwriting = nil }), false},
		{"an opening is missing", changed(func(e *receipt.Evidence) { e.Openings = e.Openings[1:] }), false},
		{"an opening is there twice", changed(func(e *receipt.Evidence) { e.Openings = append(e.Openings, e.Openings[0]) }), false},
		{"another salt", changed(func(e *receipt.Evidence) { e.Openings[0].Salt[0] ^= 1 }), false},
		{"a line break at the end", confirmed + "\n", false},
		{"a space", strings.Replace(confirmed, `,"openings":`, `, "openings":`, 1), false},
	}}
}

func readVectors(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(vectorsPath + name)
	if err != nil {
		t.Fatal(err)
	}
	if err = json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}

func TestVectors_AreWhatTheServerMakesAndAccepts(t *testing.T) { //nolint:paralleltest // it may write what other tests read
	if *write {
		writeVectors(t)
	}
	var requests struct{ Vectors []requestVector }
	readVectors(t, "request.json", &requests)
	for i, fresh := range newRequestVectors(t) {
		v := requests.Vectors[i]
		if id, rejection := v.check(t, false, v.Signature); id != "vectors" {
			t.Errorf("%s: got %v", v.Name, rejection)
		}
		if v.Alg == "ed25519" && v != fresh {
			t.Errorf("%s: got %+v, want %+v", v.Name, fresh, v)
		}
	}
	var webhooks struct{ Vectors []webhookVector }
	readVectors(t, "webhook.json", &webhooks)
	for i, fresh := range newWebhookVectors(t) {
		if webhooks.Vectors[i] != fresh {
			t.Errorf("%s: got %+v", fresh.Name, fresh)
		}
	}
	var commitments struct{ Vectors []commitmentVector }
	readVectors(t, "commitment.json", &commitments)
	for i, fresh := range newCommitmentVectors(t) {
		if commitments.Vectors[i].Commitment != fresh.Commitment {
			t.Errorf("%s: got %s, want %s", fresh.Name, fresh.Commitment, commitments.Vectors[i].Commitment)
		}
	}
	var evidence evidenceVectors
	readVectors(t, "evidence.json", &evidence)
	for _, v := range evidence.Vectors {
		var file receipt.Evidence
		if err := json.Unmarshal([]byte(v.File), &file); err != nil {
			t.Fatal(err)
		}
		report, err := receipt.Verify([]byte(file.Receipt), evidence.JWKS)
		if err == nil {
			_, err = todo.CheckEvidence([]byte(v.File), report)
		}
		if (err == nil) != v.Valid {
			t.Errorf("%s: got %v, want valid %t", v.Name, err, v.Valid)
		}
	}
}

func writeVectors(t *testing.T) {
	t.Helper()
	for name, content := range map[string]any{
		"request.json": object{"vectors": newRequestVectors(t)}, "webhook.json": object{"vectors": newWebhookVectors(t)},
		"commitment.json": object{"vectors": newCommitmentVectors(t)}, "evidence.json": newEvidenceVectors(t),
	} {
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(content); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(vectorsPath+name, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
