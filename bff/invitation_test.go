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

// opens asks for the todo of an invitation.
func (p person) opens(t *testing.T, invitation string) reply {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/invitations", object{"invitation": invitation})
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
	w.login(t, "stranger").opens(t, code).want(t, http.StatusForbidden, "access_required")
	p := w.enter(t)
	for _, text := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), scene} {
		if got := p.opens(t, text).want(t, http.StatusOK, "").text(t, "todo_id"); got != todoID {
			t.Errorf("%s: got %s, want %s", text, got, todoID)
		}
	}
	for _, text := range []string{"BBBB-BBBB", strings.Repeat("B", 26), "x", strings.Repeat("B", 64), "a b", "BBBB\n"} {
		p.opens(t, text).want(t, http.StatusNotFound, "not_found")
	}
	if log := w.log.String(); strings.Contains(log, code) || strings.Contains(log, scene) {
		t.Error("the log has an invitation")
	}
	w.registry(t, http.MethodDelete, "/cases/case-1").want(t, http.StatusNoContent, "")
	p.opens(t, code).want(t, http.StatusNotFound, "not_found")
	w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/invitation").want(t, http.StatusConflict, "todo_withdrawn")
	w.registry(t, http.MethodPost, "/cases/case-1/signers/s2/invitation").want(t, http.StatusNotFound, "not_found")
}

func TestInvitation_BoundsGuessesOfAnAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	for range 20 {
		p.opens(t, "BBBB-BBBB").want(t, http.StatusNotFound, "not_found")
	}
	p.opens(t, "BBBB-BBBB").want(t, http.StatusTooManyRequests, "too_many_requests")
}

// HEAD and GET write nothing: they are no operations. The secret is in no address.
func TestInvitation_IsOnlyInABody(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	code, p := w.invite(t, "case-1").text(t, "code"), w.enter(t)
	server := httptest.NewServer(w.api.Public())
	defer server.Close()
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		for _, path := range []string{"/v1/invitations", "/v1/invitations/" + code} {
			got := over(t, server, request{method: method, path: path, token: p.token})
			if got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: got %d", method, path, got.status)
			}
		}
	}
	for range 20 { // the account still has all its tries
		p.opens(t, "BBBB-BBBB").want(t, http.StatusNotFound, "not_found")
	}
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
