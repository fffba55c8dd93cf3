package bff_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/material"
	"renzheng/staff"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// aPicture is one with something in it that is not seen.
func aPicture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), "position 39.9 116.4"...)
}

// video is a short one.
func video(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile("../material/testdata/short.mp4")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// opened opens an appeal and returns its path.
func (p person) opened(t *testing.T, body object) string {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/appeals", body).want(t, http.StatusCreated, "").header.Get("Location")
}

// uploads sends a file in its parts and completes it.
func (p person) uploads(t *testing.T, path, item string, file []byte) reply {
	t.Helper()
	made := p.call(t, http.MethodPost, path+"/materials", object{"item": item, "bytes": len(file)}).want(t, http.StatusCreated, "")
	at := path + "/materials/" + made.text(t, "id")
	for n := 0; n*appeal.PartBytes < len(file); n++ {
		part := file[n*appeal.PartBytes : min(len(file), (n+1)*appeal.PartBytes)]
		p.call(t, http.MethodPost, at+"/parts", object{"part": n, "data": base64.StdEncoding.EncodeToString(part)}).want(t, http.StatusNoContent, "")
	}
	return p.call(t, http.MethodPost, at+"/completion", nil).want(t, http.StatusOK, "")
}

// usesUpTries fails the face of a new verification until no try is left, and returns its id.
func (p person) usesUpTries(t *testing.T) string {
	t.Helper()
	path := p.start(t)
	p.w.third.script(func(f *thirdParties) {
		f.face = verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceDiffers}
	})
	for range 5 {
		begun := p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "")
		p.call(t, http.MethodPost, path+"/face/result", object{"attempt_id": begun.text(t, "attempt_id")}).want(t, http.StatusOK, "")
	}
	again := p.start(t)
	p.call(t, http.MethodPost, again+"/face", nil).want(t, http.StatusConflict, "tries_exhausted")
	return strings.TrimPrefix(path, "/v1/verifications/")
}

func TestAppeals_FromFailureToDecision(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	body := object{"failure": "tries_exhausted", "verification_id": p.usesUpTries(t)}
	path := p.opened(t, body)
	if again := p.call(t, http.MethodPost, "/v1/appeals", body).want(t, http.StatusOK, ""); again.header.Get("Location") != path {
		t.Errorf("a second appeal was opened at %s", again.header.Get("Location"))
	}
	form := object{"contact": "13800138000", "text": "光线不好\n请再看"}
	p.call(t, http.MethodPost, path+"/submission", form).want(t, http.StatusConflict, "appeal_incomplete")
	for _, item := range []string{"document_front", "document_back", "holding_document"} {
		if done := p.uploads(t, path, item, aPicture(t)); done.text(t, "state") != "ready" {
			t.Fatalf("got %s", done.body)
		}
	}
	p.call(t, http.MethodPost, path+"/submission", form).want(t, http.StatusConflict, "appeal_incomplete")
	if done := p.uploads(t, path, "failure_video", video(t)); done.text(t, "state") != "ready" || done.json(t)["milliseconds"] != float64(500) {
		t.Fatalf("got %s", done.body)
	}
	p.call(t, http.MethodPost, path+"/submission", form).want(t, http.StatusOK, "")
	w.decided(t, path, appeal.TriesReopened)
	got := p.get(t, path).want(t, http.StatusOK, "")
	if got.text(t, "state") != "decided" || got.text(t, "decision", "outcome") != "tries_reopened" || got.text(t, "decision", "reason") != "照片是本人" {
		t.Errorf("got %s", got.body)
	}
	p.call(t, http.MethodPost, p.start(t)+"/face", nil).want(t, http.StatusCreated, "") // the tries are back
}

func TestAppeals_RejectWhatIsNoPicture(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	path := p.opened(t, object{"failure": "account_limit"})
	for content, reason := range map[string]string{
		"<html><script>alert(1)</script>": "kind_unknown", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic": "heic", "\xff\xd8\xff" + strings.Repeat("x", 600<<10): "damaged",
	} {
		done := p.uploads(t, path, "document_front", []byte(content))
		if done.text(t, "state") != "rejected" || done.text(t, "reason") != reason || done.text(t, "reason_text") == "" {
			t.Errorf("got %s, want %s", done.body, reason)
		}
	}
	for _, bad := range []object{{"item": "document_front", "bytes": 10 << 30}, {"item": "failure_video", "bytes": 9}, {"item": "nothing", "bytes": 9}} {
		p.call(t, http.MethodPost, path+"/materials", bad).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
	made := p.call(t, http.MethodPost, path+"/materials", object{"item": "document_front", "bytes": appeal.PartBytes + 9}).want(t, http.StatusCreated, "")
	at := path + "/materials/" + made.text(t, "id")
	for _, bad := range []object{{"part": 0, "data": "AAAA"}, {"part": 1, "data": "AAAA"}, {"part": 2, "data": "AAAA"}, {"part": 1, "data": "A==="}} {
		p.call(t, http.MethodPost, at+"/parts", bad).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
	p.call(t, http.MethodPost, at+"/completion", nil).want(t, http.StatusConflict, "appeal_incomplete")
	p.call(t, http.MethodPost, at+"/parts", object{"part": 1, "data": "AAAAAAAAAAAA"}).want(t, http.StatusNoContent, "")
	materials := p.get(t, path).want(t, http.StatusOK, "").list(t, "materials")
	i := slices.IndexFunc(materials, func(m object) bool { return m["state"] == "uploading" })
	if received, _ := materials[i]["received"].([]any); len(materials) != 4 || len(received) != 1 || received[0] != float64(1) {
		t.Errorf("got %v, want the part that has arrived", materials[i])
	}
	p.call(t, http.MethodDelete, at, nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodDelete, at, nil).want(t, http.StatusNotFound, "not_found")
	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodPost, path+"/materials", object{"item": "document_front", "bytes": 9}).want(t, http.StatusConflict, "appeal_closed")
}

func TestAppeals_ChecklistSaysWhatHelps(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for _, entry := range failure.Catalogue() {
		got := p.get(t, "/v1/appeals/checklist?failure="+string(entry.Code)).want(t, http.StatusOK, "")
		if got.text(t, "note") == "" {
			t.Errorf("%s: got %s", entry.Code, got.body)
		}
	}
	limit := p.get(t, "/v1/appeals/checklist?failure=account_limit").want(t, http.StatusOK, "")
	if limit.text(t, "mail", "subject") != "个人实名认证失败材料-" || limit.text(t, "mail", "address") == "" {
		t.Errorf("got %s, want the fixed subject of a mail", limit.body)
	}
	p.call(t, http.MethodPost, "/v1/appeals", object{"failure": "route_missing"}).want(t, http.StatusConflict, "appeal_not_possible")
	for range 5 {
		p.call(t, http.MethodDelete, p.opened(t, object{"failure": "account_limit"}), nil).want(t, http.StatusNoContent, "")
	}
	p.call(t, http.MethodPost, "/v1/appeals", object{"failure": "account_limit"}).want(t, http.StatusTooManyRequests, "too_many_requests")
	if listed := p.get(t, "/v1/appeals").want(t, http.StatusOK, "").list(t, "appeals"); len(listed) != 5 {
		t.Errorf("got %d appeals, want 5", len(listed))
	}
}

// decided lets two reviewers decide an appeal, with a question before.
func (w *fixture) decided(t *testing.T, path string, outcome appeal.Outcome) {
	t.Helper()
	id := strings.TrimPrefix(path, "/v1/appeals/")
	first, second := staff.Member{ID: "stf_0000000000000000000a", Office: "hall-1"}, staff.Member{ID: "stf_0000000000000000000b", Office: "hall-1"}
	decision := appeal.Decision{Outcome: outcome, Reason: identity.NewSecret("照片是本人"), Ground: identity.NewSecret("依据登记条例")}
	waiting, err := w.deps.Appeals.Read(t.Context(), first, id)
	if err != nil {
		t.Fatal(err)
	}
	if err = w.deps.Appeals.Propose(t.Context(), first, appeal.Proposal{Decision: decision, AppealID: id, Version: waiting.Version}); err != nil {
		t.Fatal(err)
	}
	read, err := w.deps.Appeals.Read(t.Context(), second, id)
	if err != nil {
		t.Fatal(err)
	}
	picture := slices.IndexFunc(read.Materials, func(m appeal.Material) bool { return m.Kind == material.Picture && m.State == appeal.Ready })
	shown, _, err := w.deps.Appeals.Show(t.Context(), second, id, read.Materials[picture].ID)
	if err != nil {
		t.Fatal(err)
	}
	if clean, failed := io.ReadAll(shown); failed != nil || bytes.Contains(clean, []byte("position")) || !bytes.HasPrefix(clean, []byte("\xff\xd8\xff\xdb")) {
		t.Errorf("the reviewer is shown %q, %v", clean[:min(len(clean), 20)], failed)
	}
	if err = w.deps.Appeals.Approve(t.Context(), second, id, read.Version); err != nil {
		t.Fatal(err)
	}
}
