package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"renzheng/strictjson"
)

// maxLine bounds a line of a file: the members of an entry have at most 700 bytes together.
const maxLine = 4096

// fileEnd is the last line of a file, by which a file that lost its end is noticed.
type fileEnd struct {
	Format string `json:"format"`
	Head   Head   `json:"head"`
}

const fileFormat = "renzheng-ledger/1"

// ErrFile reports a file that is not a ledger, or that lost its last line.
var ErrFile = errors.New("not a ledger: the last line must state its end")

// Writer writes a ledger as lines of JSON. Close writes the last line.
type Writer struct {
	to *bufio.Writer
	v  Verifier
}

// NewWriter returns a writer of a whole ledger, from its first entry.
func NewWriter(to io.Writer) *Writer { return &Writer{bufio.NewWriter(to), NewVerifier()} }

// Write writes the next entry. Errors: *BrokenError if it does not continue those before it.
func (w *Writer) Write(e Entry) error {
	if err := w.v.Entry(e); err != nil {
		return err
	}
	return w.line(e)
}

func (w *Writer) line(value any) error {
	text, err := canonical(value)
	if err != nil {
		return err
	}
	if _, err = w.to.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("writing a line of a ledger: %w", err)
	}
	return nil
}

// Close ends the file.
func (w *Writer) Close() error {
	if err := w.line(fileEnd{fileFormat, w.v.Head()}); err != nil {
		return err
	}
	if err := w.to.Flush(); err != nil {
		return fmt.Errorf("writing the end of a ledger: %w", err)
	}
	return nil
}

// Verify reads a file that a Writer wrote and returns the head of the ledger, or of what is intact at its beginning.
//
// Errors: *BrokenError names the first broken entry; ErrFile.
func Verify(file io.Reader, earlier ...Head) (Head, error) {
	v := NewVerifier(earlier...)
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 0, maxLine), maxLine)
	lines.Split(wholeLines)
	for lines.Scan() {
		line := lines.Bytes()
		if end, ok := readEnd(line); ok {
			if lines.Scan() || lines.Err() != nil {
				return v.Head(), fmt.Errorf("reading after entry %d: %w", v.Head().Sequence, ErrFile)
			}
			return v.Head(), v.End(end.Head)
		}
		if err := v.Line(line); err != nil {
			return v.Head(), err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) || errors.Is(lines.Err(), errPart) {
		return v.Head(), &BrokenError{v.Head().Sequence + 1, "it is not an entry"}
	}
	if lines.Err() != nil {
		return v.Head(), fmt.Errorf("reading a ledger: %w", lines.Err())
	}
	return v.Head(), fmt.Errorf("reading after entry %d: %w", v.Head().Sequence, ErrFile)
}

var errPart = errors.New("a line without an end")

// wholeLines splits at line feeds alone, and takes no last line without one.
func wholeLines(data []byte, atEOF bool) (advance int, line []byte, err error) { //nolint:revive // flag-parameter: a bufio.SplitFunc
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, errPart
	}
	return 0, nil, nil
}

func readEnd(line []byte) (fileEnd, bool) {
	var end fileEnd
	if !bytes.HasPrefix(line, []byte(`{"format":`)) || strictjson.Decode(line, &end) != nil || end.Format != fileFormat {
		return fileEnd{}, false
	}
	text, err := canonical(end)
	return end, err == nil && bytes.Equal(text, line)
}
