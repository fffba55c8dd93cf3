package registry_test

import (
	"bytes"
	"errors"
	"net/http"
	"testing"

	"renzheng/providers/registry"
	"renzheng/todo"
)

func FuzzLoadFile(f *testing.F) {
	good := encode(f, object{"registries": []object{sampleRegistry(f)}})
	f.Add(good)
	f.Add(bytes.ReplaceAll(good, []byte(`"events.example.cn"`), []byte(`"10.0.0.0/8"`)))
	f.Add([]byte(`{"registries":[{"id":"a","id":"a","keys":[{}],"callback":{"url":"http://[::1]:1/","allow":["::1"]}}]}`))
	f.Add([]byte(`{"registries":[null]}{`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if bytes.Contains(content, []byte("file:")) || bytes.Contains(content, []byte(`\u`)) {
			return // it could name a file of this machine
		}
		directory, err := registry.LoadFile(content)
		if (directory == nil) == (err == nil) {
			t.Errorf("got book %v and error %v, want one of them", directory, err)
		}
	})
}

func FuzzCheck(f *testing.F) {
	s := newScene(f)
	s.sandboxed() // so that what should have been signed is worked out too
	body := []byte(`{"revision":1}`)
	r := sample(body)
	if err := s.first.Sign(r, body); err != nil {
		f.Fatal(err)
	}
	f.Add(r.Header.Get("Signature-Input"), r.Header.Get("Signature"), r.Header.Get("Content-Digest"))
	f.Add(`sig1=("@method" "content-digest";sf=1);created=1772352000;keyid="bj-1";nonce="abcdefghijklmnop"`, `sig1=:AAAA:`, `sha-256=1`)
	f.Add(`sig1=("@method";tr;bs "@path";key="a");created=1`, `sig1=1, sig1=:AA==:`, ``)
	f.Add(`sig1=(),a=1;b`, `sig1=:AA==:;a`, `sha-512=:AA==:`)
	f.Fuzz(func(t *testing.T, input, signature, digest string) {
		r := sample(body)
		r.Header = http.Header{"Signature-Input": {input}, "Signature": {signature}, "Content-Digest": {digest}}
		id, err := s.gate.Check(r, body)
		var refusal *todo.RequestError
		switch {
		case err != nil && (!errors.As(err, &refusal) || refusal.Code == "" || id != ""):
			t.Errorf("got %q, %v, want a refusal with its code", id, err)
		case err != nil && refusal.Base == "" && refusal.Code == todo.SignatureInvalid && len(input) < 1000:
			t.Errorf("got no base with %q", input)
		case err == nil && id != "beijing":
			t.Errorf("got %q, want the owner of the key", id)
		}
	})
}
