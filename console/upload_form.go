package console

import (
	"errors"
	"fmt"
	"io"
	"net/url"
)

// maxFields bounds the fields and files of a form with files. The largest has about thirty.
const maxFields = 100

// errFields reports a form with more.
var errFields = errors.New("a form with too many fields")

// readMultipart reads a form with files into one buffer. [http.Request.ParseMultipartForm] would grow one for each file, and leave twice
// its size behind.
func (c *call) readMultipart(limit int64) error {
	r := c.request()
	parts, err := r.MultipartReader()
	if err != nil {
		return fmt.Errorf("reading a form with files: %w", err)
	}
	const unknown = 64 << 10 // grown as the body arrives
	size := int64(unknown)
	if r.ContentLength >= 0 {
		size = min(r.ContentLength, limit)
	}
	values, files, buffer := url.Values{}, map[string][][]byte{}, make([]byte, 0, size)
	for range maxFields {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			r.PostForm, r.Form, c.files = values, values, files
			return nil
		}
		start := len(buffer)
		if err == nil {
			buffer, err = appendAll(buffer, part)
		}
		if err != nil {
			return fmt.Errorf("reading a form with files: %w", err)
		}
		content := buffer[start:len(buffer):len(buffer)]
		switch name := part.FormName(); {
		case name == "":
		case part.FileName() == "":
			values.Add(name, string(content))
		case len(content) > 0:
			files[name] = append(files[name], content)
		}
	}
	return errFields
}

// appendAll appends everything that r returns. The buffer moves only if it is full.
func appendAll(buffer []byte, r io.Reader) ([]byte, error) {
	for {
		if len(buffer) == cap(buffer) {
			buffer = append(buffer, 0)[:len(buffer)]
		}
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case errors.Is(err, io.EOF):
			return buffer, nil
		case err != nil:
			return nil, err
		}
	}
}
