package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"renzheng/rights"
)

const erasuresName = "erasures.jsonl"

// erasureLine is a line of the journal. The names are those of the columns of the table erasures.
type erasureLine struct {
	ID          string    `json:"id"`
	SubjectID   string    `json:"subject_id"`
	AccountID   string    `json:"account_id"`
	RequestedAt time.Time `json:"requested_at"`
}

// RecordErasure appends a request to the journal and flushes it. It must return before the request is stored in the database, so
// that a restore forgets no acknowledged erasure. A request may be recorded more than once. The nil Folder
// records nothing.
func (f *Folder) RecordErasure(e rights.Erasure) error {
	if f == nil {
		return nil
	}
	line, err := json.Marshal(erasureLine{e.ID, e.SubjectID, e.AccountID, e.RequestedAt.UTC()})
	if err != nil {
		return fmt.Errorf("recording an erasure: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	// The first line feed ends a line that was interrupted by a crash, which was never acknowledged.
	if err = f.appendTo(erasuresName, append(append([]byte{'\n'}, line...), '\n')); err != nil {
		return fmt.Errorf("recording an erasure: %w", err)
	}
	return nil
}

// appendTo appends to a file with one call, so that lines of several processes do not mix, and flushes it.
func (f *Folder) appendTo(name string, content []byte) error {
	path := filepath.Join(f.path, name)
	_, absent := os.Stat(path)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, fileMode) //nolint:gosec // the operator names the folder
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if absent != nil {
		err = errors.Join(err, f.own(file))
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil || absent == nil {
		return err
	}
	return f.sync()
}

// Erasures returns what the journal has, each request once, the oldest first.
func (f *Folder) Erasures() ([]rights.Erasure, error) {
	if f == nil {
		return nil, nil
	}
	content, err := f.read(erasuresName)
	if err != nil {
		return nil, fmt.Errorf("reading the journal of erasures: %w", err)
	}
	return ReadErasures(bytes.NewReader(content))
}

// ReadErasures reads a journal, which may be one of another server. Each request is returned once. A line that was interrupted by a crash is
// left out: its request was never acknowledged.
//
// Errors: a line cannot be read. The error has its number and no content.
func ReadErasures(r io.Reader) ([]rights.Erasure, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading a journal of erasures: %w", err)
	}
	var all []rights.Erasure
	seen := map[string]bool{}
	for i, text := range bytes.Split(content, []byte{'\n'}) {
		if len(text) == 0 {
			continue
		}
		var line erasureLine
		if json.Unmarshal(text, &line) != nil || line.ID == "" || line.RequestedAt.IsZero() {
			if isInterrupted(text) {
				continue
			}
			return nil, fmt.Errorf("reading a journal of erasures: line %d cannot be read", i+1)
		}
		if !seen[line.ID] {
			seen[line.ID] = true
			all = append(all, rights.Erasure{ID: line.ID, SubjectID: line.SubjectID, AccountID: line.AccountID, RequestedAt: line.RequestedAt})
		}
	}
	return all, nil
}

// isInterrupted reports whether a line is the beginning of one, which a crash has cut off.
func isInterrupted(line []byte) bool { return line[0] == '{' && !bytes.HasSuffix(line, []byte{'}'}) }
