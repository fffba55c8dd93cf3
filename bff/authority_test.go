package bff_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"testing"

	"renzheng/bff"
)

func TestAuthority_IsForEverybodyInTheirLanguage(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for language, want := range map[string]string{"": "样例登记机关", "zh-Hant": "樣例登記機關", "en": "Sample Authority"} {
		got := w.send(t, request{method: http.MethodGet, path: "/v1/authority", header: map[string]string{"Accept-Language": language}})
		if name := got.want(t, http.StatusOK, "").text(t, "name"); name != want {
			t.Errorf("%q: got %s, want %s", language, name, want)
		}
		if got.header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("%q: got %v, want an answer to keep for minutes", language, got.header)
		}
	}
	w.send(t, request{method: http.MethodGet, path: "/v1/authority/logo"}).want(t, http.StatusNotFound, "not_found")
}

func TestAuthority_HasALogoAndAColor(t *testing.T) {
	t.Parallel()
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	w := newFixture(t, func(d *bff.Deps) { d.Authority.Logo, d.Authority.Color = logo.Bytes(), "#8a3b00" })
	got := w.send(t, request{method: http.MethodGet, path: "/v1/authority"}).want(t, http.StatusOK, "")
	if got.text(t, "logo") != "/v1/authority/logo" || got.text(t, "color") != "#8a3b00" {
		t.Errorf("got %s", got.body)
	}
	picture := w.send(t, request{method: http.MethodGet, path: "/v1/authority/logo"}).want(t, http.StatusOK, "")
	if !bytes.Equal(picture.body, logo.Bytes()) || picture.header.Get("Content-Type") != "image/png" {
		t.Errorf("got %d bytes of %s, want the logo", len(picture.body), picture.header.Get("Content-Type"))
	}
}
