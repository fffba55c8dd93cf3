package console_test

import (
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
