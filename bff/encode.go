package bff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/strictjson"
)

// maxKept is the size of the largest buffer that is used again: one list of todos.
const maxKept = 64 << 10

// written is a body that was encoded before.
type written interface{ encoded() []byte }

// encoder writes answers. Its buffers are used again.
type encoder struct{ buffers sync.Pool }

// format returns how huma reads and writes bodies. huma reads each body twice: into any for the check against its
// schema, and then into its type.
func (e *encoder) format() huma.Format {
	return huma.Format{
		Marshal: e.encodeTo,
		Unmarshal: func(data []byte, into any) error {
			anything, first := into.(*any)
			if !first {
				return strictjson.Decode(data, into)
			}
			value, err := strictjson.Parse(data)
			if err != nil {
				return errors.New(bodyRule(err)) // huma passes on the text alone
			}
			*anything = value
			return nil
		},
	}
}

// encodeTo writes a value as JSON. It ignores errors of the connection: the client
// has disconnected.
func (e *encoder) encodeTo(w io.Writer, value any) error {
	if ready, isReady := value.(written); isReady {
		write(w, ready.encoded())
		return nil
	}
	buffer := e.buffer()
	defer e.release(buffer)
	if body, appends := value.(jsonAppender); appends {
		buffer.Write(body.appendJSON(buffer.AvailableBuffer()))
	} else if err := encode(buffer, value); err != nil {
		return fmt.Errorf("encoding an answer: %w", err)
	}
	write(w, buffer.Bytes())
	return nil
}

// encode writes JSON without HTML escapes and without a line break at the end.
func encode(buffer *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	buffer.Truncate(buffer.Len() - 1)
	return nil
}

func write(w io.Writer, body []byte) {
	if response, ok := w.(http.ResponseWriter); ok {
		response.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	_, _ = w.Write(body)
}

// writeJSON answers without huma. A value that cannot be encoded leaves the body
// empty, but all values come from this package.
func writeJSON(w http.ResponseWriter, status int, contentType string, value any) {
	w.Header()["Content-Type"] = []string{contentType}
	w.WriteHeader(status)
	var buffer bytes.Buffer
	if err := encode(&buffer, value); err == nil {
		write(w, buffer.Bytes())
	}
}

// buffer returns an empty buffer, which may have been used before. Its memory may
// contain an earlier answer, but only what is written to it now is ever read.
func (e *encoder) buffer() *bytes.Buffer {
	if buffer, ok := e.buffers.Get().(*bytes.Buffer); ok {
		return buffer
	}
	return new(bytes.Buffer)
}

func (e *encoder) release(buffer *bytes.Buffer) {
	if buffer.Cap() <= maxKept {
		buffer.Reset()
		e.buffers.Put(buffer)
	}
}
