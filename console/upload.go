package console

import (
	"fmt"
	"io"
	"mime/multipart"
	"strings"

	"renzheng/material"
)

const (
	// maxPictures bounds a form with pictures: two photos of a telephone, or five scanned pages.
	maxPictures = 24 << 20
	// maxUploads is how many forms with files are in memory at a time.
	maxUploads = 2
)

// readFiles reads a form with files into memory, and not onto a disk, where they would be unencrypted. The call waits while as many
// others hold files as may, and holds its own until its end.
func (c *call) readFiles(limit int64) error {
	select {
	case c.console.uploads <- struct{}{}:
		c.release = func() { <-c.console.uploads }
	case <-c.ctx().Done():
		return fmt.Errorf("waiting for other uploads: %w", c.ctx().Err())
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
