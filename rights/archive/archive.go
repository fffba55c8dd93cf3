package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"renzheng/identity"
	"renzheng/rights"
)

// Source is what an archive is made of. All members are required.
type Source struct {
	rights.CopyParts

	Language  string
	Authority string // name of the authority that runs the service
	Describe  func(a rights.Access) rights.Described
	Portrait  func(id string) ([]byte, error)      // rights.ErrNotFound if it was deleted meanwhile
	Scan      func(id string) ([]byte, error)      // likewise, if it was erased
	Receipt   func(compact string) ([]byte, error) // the file of a receipt
	Signature func(strokes string) ([]byte, error) // the picture of a handwriting, PNG
}

// File is a file of the archive and the row that it belongs to.
type File struct {
	Name string `json:"name"`
	Of   string `json:"of"` // table/id
}

// writer writes the files of an archive one after the other.
type writer struct {
	zip    *zip.Writer
	source Source
	files  []File
}

// Write writes the archive. After an error what was written is no ZIP file, because its directory is missing.
func Write(out io.Writer, s Source) error {
	w := &writer{zip: zip.NewWriter(out), source: s}
	for _, step := range []func() error{w.portraits, w.answers, w.scans, w.data, w.page} {
		if err := step(); err != nil {
			return fmt.Errorf("writing a copy: %w", err)
		}
	}
	if err := w.zip.Close(); err != nil {
		return fmt.Errorf("writing the end of a copy: %w", err)
	}
	return nil
}

func (w *writer) portraits() error {
	for _, row := range w.source.Rows["portraits"] {
		id := row.Text("id")
		picture, err := w.source.Portrait(id)
		if errors.Is(err, rights.ErrNotFound) {
			continue
		}
		if err == nil {
			err = w.of("portraits", row, "picture", "pictures/"+id+extension(picture), picture)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scans writes the pages of papers that were signed at a window.
func (w *writer) scans() error {
	for _, row := range w.source.Rows["answer_scans"] {
		id := row.Text("id")
		page, err := w.source.Scan(id)
		if errors.Is(err, rights.ErrNotFound) {
			continue
		}
		if err == nil {
			err = w.of("answer_scans", row, "picture", "scans/"+id+extension(page), page)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// answers writes the receipts, and the handwriting of the answers that were signed.
func (w *writer) answers() error {
	for _, row := range w.source.Rows["confirmations"] {
		id := row.Text("id")
		proof, err := w.source.Receipt(row.Text("receipt"))
		if err == nil {
			err = w.of("confirmations", row, "receipt_file", "receipts/"+id+".json", proof)
		}
		if strokes := row.Text("strokes"); err == nil && strokes != "" {
			var picture []byte
			if picture, err = w.source.Signature(strokes); err == nil {
				err = w.of("confirmations", row, "signature_file", "signatures/"+id+".png", picture)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// of writes a file that belongs to a row, and notes its name in the row.
func (w *writer) of(table string, row rights.CopyRow, member, name string, content []byte) error {
	row[member] = name
	w.files = append(w.files, File{Name: name, Of: table + "/" + row.Text("id")})
	return w.file(name, content)
}

func (w *writer) file(name string, content []byte) error {
	file, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.source.MadeAt.In(identity.Beijing())})
	if err == nil {
		_, err = file.Write(content)
	}
	return err
}

func extension(picture []byte) string {
	switch {
	case bytes.HasPrefix(picture, []byte("\xff\xd8\xff")):
		return ".jpg"
	case bytes.HasPrefix(picture, []byte("\x89PNG")):
		return ".png"
	}
	return ".bin"
}
