package archive_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"
	"time"

	"renzheng/rights"
	"renzheng/rights/archive"
)

func source() archive.Source {
	return archive.Source{
		CopyParts: rights.CopyParts{
			MadeAt: time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC),
			Rows: rights.Copy{
				"portraits":     {{"id": "por_1", "created_at": "2026-11-28T16:00:00Z"}},
				"confirmations": {{"id": "cfm_1", "receipt": "a.b.c", "strokes": "1"}},
				"answer_scans":  {{"id": "scn_1", "confirmation_id": "cfm_1", "page": int64(1)}},
			},
		},
		Language: "en", Authority: "<b>Authority</b>",
		Describe:  func(rights.Access) rights.Described { return rights.Described{} },
		Portrait:  func(string) ([]byte, error) { return []byte("\x89PNG"), nil },
		Scan:      func(string) ([]byte, error) { return []byte("\xff\xd8\xff"), nil },
		Receipt:   func(compact string) ([]byte, error) { return []byte(compact), nil },
		Signature: func(string) ([]byte, error) { return []byte("\x89PNG"), nil },
	}
}

func TestWrite_EscapesAndUsesTheTimeOfBeijing(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := archive.Write(&out, source()); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	page, err := files.Open("index.html")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"&lt;b&gt;Authority", "2026-11-29 16:00", "2026-11-29 00:00", `href="receipts/cfm_1.json"`, `href="pictures/por_1.png"`, `href="scans/scn_1.jpg"`} {
		if !bytes.Contains(text.Bytes(), []byte(want)) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// What breaks off cannot be opened, so that nobody takes a part for the whole.
func TestWrite_LeavesNoArchiveAfterAnError(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s := source()
	broken := errors.New("broken")
	s.Receipt = func(string) ([]byte, error) { return nil, broken }
	if err := archive.Write(&out, s); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err == nil {
		t.Error("what was written is an archive")
	}
}

func TestWrite_LeavesOutADeletedPicture(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s := source()
	gone := func(string) ([]byte, error) { return nil, rights.ErrNotFound }
	s.Portrait, s.Scan = gone, gone
	if err := archive.Write(&out, s); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pictures/por_1.png", "scans/scn_1.jpg", "scans/scn_1.bin"} {
		if _, err := files.Open(name); err == nil {
			t.Errorf("%s is in the copy", name)
		}
	}
}
