package bff

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/identity"
	"renzheng/rights"
	"renzheng/rights/archive"
	"renzheng/todo"
)

const zipType = "application/zip"

type exportOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition" doc:"Names the file."`
	Body               func(huma.Context)
}

// exportMe returns the person's copy. It is written while it is made. If that fails, the connection is broken off, so that
// nobody takes a part for the whole.
func (h *handlers) exportMe(ctx context.Context, _ *struct{}) (*exportOutput, error) {
	c := callOf(ctx)
	out := &exportOutput{ContentType: zipType, ContentDisposition: `attachment; filename="renzheng-` + identity.DateAt(h.clock()).String() + `.zip"`}
	if c.head {
		out.Body = func(huma.Context) {}
		return out, nil
	}
	v := c.rightsViewer()
	parts, err := h.rights.Copy(ctx, v)
	if err != nil {
		return nil, err
	}
	source := archive.Source{
		CopyParts: parts, Language: c.language, Authority: h.authority.Name.For(c.language),
		Describe:  func(a rights.Access) rights.Described { return h.rights.Describe(a, c.language) },
		Portrait:  func(id string) ([]byte, error) { return h.rights.Portrait(ctx, v, id) },
		Scan:      func(id string) ([]byte, error) { return h.rights.Scan(ctx, v, id) },
		Receipt:   h.receiptFile,
		Signature: signaturePicture,
	}
	out.Body = func(answer huma.Context) {
		answer.SetStatus(http.StatusOK)
		if err := archive.Write(answer.BodyWriter(), source); err != nil {
			c.cause = err
			panic(http.ErrAbortHandler)
		}
	}
	return out, nil
}

// receiptFile returns the file that `bff verify` reads.
func (h *handlers) receiptFile(compact string) ([]byte, error) {
	body, err := h.packed(compact)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	err = encode(&file, body)
	return file.Bytes(), err
}

func signaturePicture(strokes string) ([]byte, error) {
	drawn, err := todo.DecodeStrokes(strokes)
	if err != nil {
		return nil, fmt.Errorf("reading a handwriting: %w", err)
	}
	return drawn.Render()
}
