package console

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"

	"renzheng/material"
)

const (
	// maxPictures bounds a form with pictures: two photos of a telephone, or five scanned pages.
	maxPictures = 24 << 20
	// maxUploads is how many forms with files are in memory at a time.
	maxUploads = 2
)

// uploads are the forms with files that are in memory.
type uploads struct {
	slots chan struct{}

	mu      sync.Mutex
	members map[string]bool // who has one
}

func newUploads() *uploads {
	return &uploads{slots: make(chan struct{}, maxUploads), members: map[string]bool{}}
}

// enter waits for a slot. A member has one upload at a time, so that nobody holds up all the others; another one is errTooMany.
func (u *uploads) enter(ctx context.Context, member string) (leave func(), err error) {
	if !u.begin(member) {
		return nil, errTooMany
	}
	select {
	case u.slots <- struct{}{}:
		return func() { <-u.slots; u.end(member) }, nil
	case <-ctx.Done():
		u.end(member)
		return nil, fmt.Errorf("waiting for other uploads: %w", ctx.Err())
	}
}

// begin reports whether the member had none.
func (u *uploads) begin(member string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	had := u.members[member]
	u.members[member] = true
	return !had
}

func (u *uploads) end(member string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.members, member)
}

// readFiles reads a form with files into memory, and not onto a disk, where they would be unencrypted. The call waits while as many
// others hold files as may, and holds its own until its end. A body that has not arrived by then is not waited for.
func (c *call) readFiles(limit int64) (err error) {
	if c.release, err = c.console.uploads.enter(c.ctx(), c.member().ID); err != nil {
		return err
	}
	if end, ok := c.ctx().Deadline(); ok {
		_ = http.NewResponseController(c.gin.Writer).SetReadDeadline(end) // not supported: the connection's own
	}
	if err := c.request().ParseMultipartForm(limit); err != nil { // the body is limited to as much
		return fmt.Errorf("reading a form with files: %w", err)
	}
	return nil
}

// hasFiles reports whether the form may have files, and does.
func (c *call) hasFiles() bool {
	return c.route.upload && strings.HasPrefix(c.request().Header.Get("Content-Type"), "multipart/form-data")
}

// uploads returns the files of a field of the form that are not empty. The form was read by the guard.
func (c *call) uploads(name string) ([][]byte, error) {
	if c.request().MultipartForm == nil {
		return nil, nil
	}
	var files [][]byte
	for _, header := range c.request().MultipartForm.File[name] {
		content, err := contentOf(header)
		if err != nil {
			return nil, err
		}
		if len(content) > 0 {
			files = append(files, content)
		}
	}
	return files, nil
}

// uploaded returns the first file of a field, or nothing if none was chosen.
func (c *call) uploaded(name string) ([]byte, error) {
	files, err := c.uploads(name)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return files[0], nil
}

func contentOf(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("reading an uploaded file: %w", err)
	}
	return content, nil
}

// pictureProblem returns the key of the text for a picture that was not accepted, or "".
func pictureProblem(err error) string {
	if reason := material.ReasonOf(err); reason != "" {
		return "problem.picture_" + string(reason)
	}
	return ""
}
