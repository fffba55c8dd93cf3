package bff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/strictjson"
)

// maxKept is the largest buffer that is used again: one list of todos.
const maxKept = 64 << 10

// written is a body that is JSON already.
type written interface{ encoded() []byte }

// jsonFormat returns how huma reads and writes bodies. huma reads each body twice: into any for the check against its
// schema, and then into its type.
func (a *API) jsonFormat() huma.Format {
	return huma.Format{
		Marshal: a.encodeTo,
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

// encodeTo writes a value as JSON. A client that does not take it is gone: that
// is no error of ours.
func (a *API) encodeTo(w io.Writer, value any) error {
	if ready, isReady := value.(written); isReady {
		write(w, ready.encoded())
		return nil
	}
	buffer := a.buffer()
	defer a.release(buffer)
	if err := encode(buffer, value); err != nil {
		return fmt.Errorf("encoding an answer: %w", err)
	}
	write(w, buffer.Bytes())
	return nil
}

// encode gives the one form that answers have: no HTML escapes, no line break
// at the end.
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

// writeJSON answers without huma. Only values of ours come here; one that does
// not encode leaves an empty body behind its status.
func writeJSON(w http.ResponseWriter, status int, contentType string, value any) {
	w.Header()["Content-Type"] = []string{contentType}
	w.WriteHeader(status)
	var buffer bytes.Buffer
	if err := encode(&buffer, value); err == nil {
		write(w, buffer.Bytes())
	}
}

// buffer gives memory that was used before. It may hold an earlier answer
// beyond its length; only what is written to it now is ever read.
func (a *API) buffer() *bytes.Buffer {
	if buffer, ok := a.buffers.Get().(*bytes.Buffer); ok {
		return buffer
	}
	return new(bytes.Buffer)
}

func (a *API) release(buffer *bytes.Buffer) {
	if buffer.Cap() <= maxKept {
		buffer.Reset()
		a.buffers.Put(buffer)
	}
}
