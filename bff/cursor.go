package bff

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"time"

	"renzheng/bff/problem"
	"renzheng/todo"
)

// A cursor is the position after the last row that its owner saw. It consists of a
// tag of the owner, a time and the id of that row. It grants no access, because every
// list joins the caller's own grant. A cursor of somebody else is still rejected, so
// that nobody can find out whether a row exists.
const (
	cursorTag  = 8 // bytes of the owner's tag; not secret, but long enough to avoid collisions
	cursorTime = 8
	ruleCursor = "cursor"
)

// listInput is the input of operations that return a list.
type listInput struct {
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the previous page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"50" doc:"Maximum number of rows, 20 by default."`
}

// pageOf reads the cursor and the limit of a list.
func pageOf(c *call, in listInput) (todo.Page, error) {
	page := todo.Page{Limit: in.Limit}
	if in.Cursor == "" {
		return page, nil
	}
	before, ok := readCursor(c.viewer().SubjectID, in.Cursor)
	if !ok {
		return todo.Page{}, problem.Invalid(problem.InvalidValue{Parameter: "cursor", Rule: ruleCursor})
	}
	page.Before = before
	return page, nil
}

// cursorText returns the opaque form of a position in the list of an owner, or "" for nil.
func cursorText(owner string, next *todo.Cursor) string {
	if next == nil {
		return ""
	}
	raw := make([]byte, 0, cursorTag+cursorTime+len(next.ID))
	raw = append(raw, tagOf(owner)...)
	raw = binary.BigEndian.AppendUint64(raw, uint64(next.At.UnixMilli()))
	raw = append(raw, next.ID...)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func readCursor(owner, cursor string) (todo.Cursor, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) <= cursorTag+cursorTime || subtle.ConstantTimeCompare(raw[:cursorTag], tagOf(owner)) != 1 {
		return todo.Cursor{}, false
	}
	ms := int64(binary.BigEndian.Uint64(raw[cursorTag:])) //nolint:gosec // any number is a time
	id := string(raw[cursorTag+cursorTime:])
	if !wellFormedName(id) {
		return todo.Cursor{}, false
	}
	return todo.Cursor{At: time.UnixMilli(ms), ID: id}, true
}

func tagOf(owner string) []byte {
	sum := sha256.Sum256([]byte("renzheng/cursor/1\x00" + owner))
	return sum[:cursorTag]
}
