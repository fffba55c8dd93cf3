package bff_test

import (
	"bytes"
	"encoding/base64"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"

	"renzheng/bff"
)

func (w *fixture) invite(t *testing.T, caseID string) reply {
	t.Helper()
	return w.registry(t, http.MethodPost, "/cases/"+caseID+"/signers/s1/invitation").want(t, http.StatusCreated, "")
}

func TestInvitation_LeadsThePersonToTheTodo(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	todoID := textOf(w.push(t, "case-1", sampleCase(1)).list(t, "signers")[0], "todo_id")
	made := w.invite(t, "case-1")
	code, scene := made.text(t, "code"), made.text(t, "scene")
	if made.text(t, "page") != "pages/screen/index?invitation="+scene || len(scene) > 32 {
		t.Errorf("got page %s and scene %s", made.text(t, "page"), scene)
	}
	if got := made.json(t); got["link"] != nil || got["qr"] != nil {
		t.Errorf("got %v without a web channel, want neither link nor picture", got)
	}
	w.login(t, "stranger").call(t, http.MethodGet, "/v1/invitations/"+code, nil).want(t, http.StatusForbidden, "access_required")
	p := w.enter(t)
	for _, text := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), scene} {
		if got := p.get(t, "/v1/invitations/"+text).want(t, http.StatusOK, "").text(t, "todo_id"); got != todoID {
			t.Errorf("%s: got %s, want %s", text, got, todoID)
		}
	}
	for _, text := range []string{"BBBB-BBBB", strings.Repeat("B", 26), "x", strings.Repeat("B", 64), "a%20b"} {
		p.get(t, "/v1/invitations/"+text).want(t, http.StatusNotFound, "not_found")
	}
	if log := w.log.String(); strings.Contains(log, code) || strings.Contains(log, scene) {
		t.Error("the log has an invitation")
	}
	w.registry(t, http.MethodDelete, "/cases/case-1").want(t, http.StatusNoContent, "")
	p.get(t, "/v1/invitations/"+code).want(t, http.StatusNotFound, "not_found")
	w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/invitation").want(t, http.StatusConflict, "todo_withdrawn")
	w.registry(t, http.MethodPost, "/cases/case-1/signers/s2/invitation").want(t, http.StatusNotFound, "not_found")
}

func TestInvitation_BoundsGuessesOfAnAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	for range 20 {
		p.get(t, "/v1/invitations/BBBB-BBBB").want(t, http.StatusNotFound, "not_found")
	}
	p.get(t, "/v1/invitations/BBBB-BBBB").want(t, http.StatusTooManyRequests, "too_many_requests")
}

// The status of HEAD says as much as GET: a guess counts, and an own invitation does not.
func TestInvitation_CountsHeadAsGet(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	code, p := w.invite(t, "case-1").text(t, "code"), w.enter(t)
	server := httptest.NewServer(w.api.Public())
	defer server.Close()
	head := func(code string) int {
		return over(t, server, request{method: http.MethodHead, path: "/v1/invitations/" + code, token: p.token}).status
	}
	for range 20 {
		if own, guess := head(code), head("BBBB-BBBB"); own != http.StatusOK || guess != http.StatusNotFound {
			t.Fatalf("got %d for the own code and %d for another", own, guess)
		}
	}
	if got := head("BBBB-BBBB"); got != http.StatusTooManyRequests {
		t.Errorf("got %d for guess 21 by HEAD, want 429", got)
	}
	p.get(t, "/v1/invitations/BBBB-BBBB").want(t, http.StatusTooManyRequests, "too_many_requests")
}

func TestInvitation_HasALinkAndItsPictureForBrowsers(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) {
		d.Web = bff.Web{Address: "https://check.example.cn", Authorize: &url.URL{Scheme: "https", Host: "auth.example.cn"}}
	})
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	made := w.invite(t, "case-1")
	link := made.text(t, "link")
	if link != "https://check.example.cn/#/pages/screen/index?invitation="+made.text(t, "scene") {
		t.Errorf("got %s", link)
	}
	raw, err := base64.StdEncoding.DecodeString(made.text(t, "qr"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	side := code.Bounds().Dx()
	if got, want := picture.Bounds().Dx(), (side+8)*8; got != want {
		t.Fatalf("got %d pixels, want %d: the modules and four on each side", got, want)
	}
	for x := range side + 8 {
		for y := range side + 8 {
			inside := x >= 4 && y >= 4 && x < side+4 && y < side+4
			want := inside && code.At(x-4, y-4) == color.Black
			if r, _, _, _ := picture.At(x*8+7, y*8).RGBA(); (r == 0) != want {
				t.Fatalf("module %d, %d is wrong", x, y)
			}
		}
	}
}
