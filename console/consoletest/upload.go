package consoletest

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
)

// Files are the files that are chosen in the fields of a form.
type Files map[string][][]byte

// Upload sends a form with a file, with the headers of a form of this console.
func (b *Browser) Upload(path string, form url.Values, name string, file []byte) *Page {
	b.t.Helper()
	return b.sendFiles(b.home+path, form, Files{name: {file}})
}

// sendFiles sends a form as a browser does that has files.
func (b *Browser) sendFiles(address string, form url.Values, files Files) *Page {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	var problems []error
	for key, values := range form {
		for _, value := range values {
			problems = append(problems, w.WriteField(key, value))
		}
	}
	for name, contents := range files {
		for i, content := range contents {
			part, err := w.CreateFormFile(name, fmt.Sprintf("IMG_%d.jpg", i))
			if err == nil {
				_, err = part.Write(content)
			}
			problems = append(problems, err)
		}
	}
	if err := errors.Join(append(problems, w.Close())...); err != nil {
		b.t.Fatal(err)
	}
	page := b.request(http.MethodPost, address, &body, w.FormDataContentType(), "same-origin")
	if to := page.Header.Get("Location"); to != "" {
		return b.Open(to)
	}
	return page
}

// Attach is [Page.Submit] with files.
func (p *Page) Attach(action string, values url.Values, files Files) *Page {
	p.browser.t.Helper()
	to, fields := p.filled(action, values)
	return p.browser.sendFiles(to.String(), fields, files)
}
