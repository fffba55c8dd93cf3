package console_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A form as large as one with pictures, but without files, does not wait for others that are in memory, and so is not read.
func TestUploads_ReadNoLargeFormWithoutFiles(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	form := url.Values{"form_token": {page.Field("form_token")}, "more": {strings.Repeat("x", 3<<20)}}
	for _, action := range []string{visit + "/answer", visit + "/document"} {
		b.Post(action, form).Want(http.StatusRequestEntityTooLarge)
	}
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
}

// What a form with files is made of is bounded, and a file is what was sent, whichever way the body announces its length.
func TestUploads_ReadFormsOfAnyShape(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	visit := begin(b)
	send := func(length int64, fields int) int {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for name, value := range map[string]string{"form_token": visit.Field("form_token"), "again": strings.Repeat("1", 70<<10)} {
			_ = w.WriteField(name, value)
		}
		for range fields {
			_ = w.WriteField("more", "")
		}
		_ = w.Close()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+visit.Path+"/document", io.NopCloser(&body))
		if err != nil {
			t.Fatal(err)
		}
		if r.ContentLength = length; length == 0 {
			r.ContentLength = int64(body.Len())
		}
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.Header.Set("Origin", h.URL)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.AddCookie(&http.Cookie{Name: "__Host-staff", Value: b.Cookie("__Host-staff")})
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	const announced, unknown = 0, -1
	for name, length := range map[string]int64{"announced": announced, "of unknown length": unknown} {
		if got := send(length, 0); got != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d, want what is wrong with the form", name, got)
		}
		if got := send(length, 100); got != http.StatusForbidden {
			t.Errorf("%s, with too many fields: got %d", name, got)
		}
	}
}
