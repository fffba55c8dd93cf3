package console

import (
	"context"
	"fmt"
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
	return c.readMultipart(limit)
}

// hasFiles reports whether the form may have files, and does.
func (c *call) hasFiles() bool {
	return c.route.upload && strings.HasPrefix(c.request().Header.Get("Content-Type"), "multipart/form-data")
}

// uploads returns the files of a field of the form that are not empty. The form was read by the guard.
func (c *call) uploads(name string) [][]byte { return c.files[name] }

// uploaded returns the first file of a field, or nothing if none was chosen.
func (c *call) uploaded(name string) []byte {
	if files := c.files[name]; len(files) > 0 {
		return files[0]
	}
	return nil
}

// pictureProblem returns the key of the text for a picture that was not accepted, or "".
func pictureProblem(err error) string {
	if reason := material.ReasonOf(err); reason != "" {
		return "problem.picture_" + string(reason)
	}
	return ""
}
