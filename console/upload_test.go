package console_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/console/consoletest"
)

// slowUpload is a form with a file that is being sent.
type slowUpload struct {
	rest   *io.PipeWriter
	status chan int
}

// firstRead closes a channel when a body is read for the first time.
type firstRead struct {
	io.ReadCloser
	once  sync.Once
	begun chan<- struct{}
}

func (r *firstRead) Read(p []byte) (int, error) {
	r.once.Do(func() { close(r.begun) })
	return r.ReadCloser.Read(p)
}

// upload begins to send a form with a file to the page of a visit. When it returns, the handler is reading the form.
func upload(t *testing.T, handler http.Handler, b *consoletest.Browser, path string) slowUpload {
	t.Helper()
	begun := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = &firstRead{ReadCloser: r.Body, begun: begun}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	body, rest := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path+"/document", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Header.Set("Origin", server.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "__Host-staff", Value: b.Cookie("__Host-staff")})
	u := slowUpload{rest: rest, status: make(chan int, 1)}
	go func() {
		answer, failed := http.DefaultClient.Do(r)
		if failed != nil {
			u.status <- 0
			return
		}
		_ = answer.Body.Close()
		u.status <- answer.StatusCode
	}()
	_, _ = io.WriteString(rest, "--x\r\nContent-Disposition: form-data; name=\"photo_front\"; filename=\"a\"\r\n\r\n"+strings.Repeat("a", 1<<16))
	select {
	case <-begun:
	case status := <-u.status:
		t.Fatalf("got %d before the form was read", status)
	}
	return u
}

// A member who sends slowly holds up nobody but themselves.
func TestUploads_OneForEachMember(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	visit := begin(b)
	slow := upload(t, h.Console.Handler(), b, visit.Path)
	d := h.adult(t)
	visit.Attach(visit.Path+"/document", typed(h.asked(t, d), d), consoletest.Files{"photo_front": {[]byte("a")}}).Want(http.StatusTooManyRequests, "")
	other := begin(h.SignedIn(t, "clerk2"))
	other.Attach(other.Path+"/document", typed(h.asked(t, d), d), consoletest.Files{}).Want(http.StatusOK, "Awaiting approval")
	_ = slow.rest.Close() // the form ends within the file
	if got := <-slow.status; got != http.StatusForbidden {
		t.Errorf("got %d for a form without an end", got)
	}
	visit.Attach(visit.Path+"/document", typed(h.asked(t, d), d), consoletest.Files{}).Want(http.StatusOK, "Awaiting approval")
}

// A form that never ends is given up with the request, although a connection could go on.
func TestUploads_EndWithTheirRequest(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	visit := begin(b)
	impatient := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 100*time.Millisecond)
		defer cancel()
		h.Console.Handler().ServeHTTP(w, r.WithContext(ctx))
	})
	slow := upload(t, impatient, b, visit.Path)
	if got := <-slow.status; got == http.StatusOK || got == 0 {
		t.Errorf("got %d for a form that never ends", got)
	}
	_ = slow.rest.Close()
	d := h.adult(t)
	visit.Attach(visit.Path+"/document", typed(h.asked(t, d), d), consoletest.Files{}).Want(http.StatusOK, "Awaiting approval")
}
