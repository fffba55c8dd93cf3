package registry

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"time"

	"renzheng/retention"
	"renzheng/strictjson"
)

// reader reads the file of registries and collects its problems.
type reader struct {
	strictjson.Report
	readFile func(path string) ([]byte, error) // reads the files of secrets that the file of registries names
	files    []string                          // paths of all files that it names
}

// failure returns all problems as one error, or nil.
func (r *reader) failure() error {
	if err := r.Err(); err != nil {
		return fmt.Errorf("reading the file of registries: %w", err)
	}
	return nil
}

// unread reports why a file was not read. It drops the path, which errors of the
// operating system quote.
func (r *reader) unread(at string, err error) {
	if system := new(fs.PathError); errors.As(err, &system) {
		err = system.Err
	}
	r.Add(at, "names a file that cannot be read: "+err.Error())
}

// list returns the first elements of an array, up to a number of them.
func (r *reader) list(raw json.RawMessage, at string, most int) []json.RawMessage {
	elements := r.List(raw, at)
	if len(elements) > most {
		r.Add(at, "has more than "+strconv.Itoa(most)+" entries")
		return elements[:most]
	}
	return elements
}

// flag returns a boolean, false for a missing one.
func (r *reader) flag(raw json.RawMessage, at string) bool {
	text := string(raw)
	if raw != nil && text != "true" && text != "false" {
		r.Add(at, "must be true or false")
	}
	return text == "true"
}

// days returns a number of days for which a case with an answer may be kept, and 0 for an invalid one.
func (r *reader) days(raw json.RawMessage, at string) int {
	days, err := strconv.Atoi(string(raw))
	if err != nil || days < retention.CaseFloor || days > retention.Longest {
		r.Add(at, fmt.Sprintf("must be a whole number of days from %d to %d", retention.CaseFloor, retention.Longest))
		return 0
	}
	return days
}

// moment returns a time in RFC 3339.
func (r *reader) moment(raw json.RawMessage, at string) time.Time {
	text := r.Text(raw, at)
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil && (text != "" || string(raw) == `""`) {
		r.Add(at, "must be a time such as 2027-06-30T00:00:00+08:00")
	}
	return moment
}

// shaped returns a string of a shape, or "" for a missing or misshapen one.
func (r *reader) shaped(raw json.RawMessage, at string, shape *regexp.Regexp) string {
	text := r.Text(raw, at)
	if raw != nil && !shape.MatchString(text) {
		r.Add(at, "must match "+shape.String())
		return ""
	}
	return text
}
