package agencytest

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"time"

	"renzheng/identity"
)

func (f *fixture) rules() []rule {
	return append(append(f.documentRules(), f.refusalRules()...), f.faceRules()...)
}

// documentBody writes a request for a document.
func documentBody(d identity.Document) string { return encodeBody(documentObject(d), nil) }

func documentObject(d identity.Document) map[string]any {
	object := map[string]any{"type": d.Type, "number": d.Number.Reveal(), "name": d.Name.Reveal()}
	for name, value := range map[string]string{"valid_from": d.ValidFrom.String(), "valid_until": d.ValidUntil.String()} {
		if value != "" {
			object[name] = value
		}
	}
	if d.LongTerm {
		object["long_term"] = true
	}
	return object
}

func encodeBody(document any, more map[string]any) string {
	body := map[string]any{"document": document}
	maps.Copy(body, more)
	raw, err := json.Marshal(body)
	if err != nil {
		return ""
	}
	return string(raw)
}

func (f *fixture) documentRules() []rule {
	var rules []rule
	for i, sample := range f.target.Samples {
		name := fmt.Sprintf("document check: sample %d (%s) is %s", i+1, sample.Document.Type, sample.Result)
		rules = append(rules, rule{name, func(ctx context.Context) error { return f.checkSample(ctx, sample) }})
	}
	return append(rules,
		rule{"document check: the same attempt gets the same decision", f.checkRepeat},
		rule{"document check: the same attempt with another body is a conflict", f.checkConflict},
	)
}

func (f *fixture) checkSample(ctx context.Context, s Sample) error {
	id := attempt()
	a, err := f.ask(ctx, probe{method: http.MethodPut, path: "v1/document-checks/" + id, body: documentBody(s.Document)})
	switch {
	case err != nil:
		return err
	case !isOK(a.status):
		return fmt.Errorf("got status %d and code %q", a.status, shown(a.object.Text("code")))
	case a.object.Text("attempt_id") != id:
		return errors.New("attempt_id is not the request's")
	case a.object.Text("result") != s.Result:
		return fmt.Errorf("got result %q", shown(a.object.Text("result")))
	}
	return nil
}

func (f *fixture) checkRepeat(ctx context.Context) error {
	p := probe{method: http.MethodPut, path: "v1/document-checks/" + attempt(), body: documentBody(f.target.Samples[0].Document)}
	first, err := f.ask(ctx, p)
	if err != nil {
		return err
	}
	again, err := f.ask(ctx, p)
	if err != nil {
		return err
	}
	if again.status != first.status || again.object.Text("result") != first.object.Text("result") {
		return fmt.Errorf("got status %d and result %q at first, then %d and %q", first.status, shown(first.object.Text("result")),
			again.status, shown(again.object.Text("result")))
	}
	return nil
}

func (f *fixture) checkConflict(ctx context.Context) error {
	document := documentObject(f.target.Samples[0].Document)
	p := probe{method: http.MethodPut, path: "v1/document-checks/" + attempt(), body: encodeBody(document, nil)}
	if _, err := f.ask(ctx, p); err != nil {
		return err
	}
	document["name"] = "某某"
	p.body = encodeBody(document, nil)
	a, err := f.ask(ctx, p)
	if err != nil {
		return err
	}
	return want(a, http.StatusConflict, "conflict")
}

// refusalRules are requests that must not be believed. Answers of 401 may be
// unsigned.
func (f *fixture) refusalRules() []rule {
	const unauthorized, unprocessable = http.StatusUnauthorized, http.StatusUnprocessableEntity
	good := documentBody(f.target.Samples[0].Document)
	_, stranger, _ := ed25519.GenerateKey(rand.Reader)
	nonce := rand.Text()
	without := func(r *http.Request) { r.Header.Del("Signature"); r.Header.Del("Signature-Input") }
	elsewhere := func(r *http.Request) { r.URL.Path += "x" }
	cases := []struct {
		name   string
		p      probe
		status int
		code   string
	}{
		{"no signature", probe{spoil: without}, unauthorized, "signature_missing"},
		{"another key under the client's id", probe{key: stranger}, unauthorized, "signature_invalid"},
		{"a path changed after signing", probe{spoil: elsewhere}, unauthorized, "signature_invalid"},
		{"a signature without the body's digest", probe{components: requestComponents()[:4]}, unauthorized, "signature_invalid"},
		{"a signature without the authority", probe{components: append(requestComponents()[:1:1], requestComponents()[2:]...)}, unauthorized, "signature_invalid"},
		{"a key that nobody knows", probe{keyID: "nobody-" + nonce[:8]}, unauthorized, "key_unknown"},
		{"a body changed after signing", probe{sent: good + " "}, unauthorized, "digest_mismatch"},
		{"created ten minutes ago", probe{skew: -10 * time.Minute}, unauthorized, "signature_stale"},
		{"created in ten minutes", probe{skew: 10 * time.Minute}, unauthorized, "signature_stale"},
		{"a nonce, for the first time", probe{nonce: nonce}, http.StatusOK, ""},
		{"a nonce, once more", probe{nonce: nonce}, unauthorized, "signature_replayed"},
		{"a body that is no JSON", probe{body: "document=x"}, unprocessable, "request_invalid"},
		{"a document without a number", probe{body: `{"document":{"type":"passport","name":"某某"}}`}, unprocessable, "request_invalid"},
		{"a type that is none", probe{body: `{"document":{"type":"library_card","number":"E12345678","name":"某某"}}`}, unprocessable, "request_invalid"},
	}
	rules := make([]rule, 0, len(cases))
	for _, c := range cases {
		c.p.method, c.p.path = http.MethodPut, "v1/document-checks/"+attempt()
		if c.p.body == "" {
			c.p.body = good
		}
		verb := "refused: "
		if c.code == "" {
			verb = "believed: "
		}
		rules = append(rules, rule{verb + c.name, func(ctx context.Context) error {
			ask := f.ask
			if c.status == unauthorized {
				ask = f.send
			}
			a, err := ask(ctx, c.p)
			if err != nil {
				return err
			}
			return want(a, c.status, c.code)
		}})
	}
	return rules
}
