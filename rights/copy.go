package rights

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrNoAccess reports that the access of the viewer has ended.
var ErrNoAccess = errors.New("no live access")

// LaterError reports that an account has used up what it may do for now.
type LaterError struct{ At time.Time } // from when on it may again

// Error implements error.
func (e *LaterError) Error() string { return "too many for now" }

// CopyRow is a row that is stored about a person, by column. Personal.
type CopyRow map[string]any

// Copy is everything that is stored about a person, by table. What is encrypted in the database is plain in it. Personal.
type Copy map[string][]CopyRow

// Text returns a column of a row that is text, or "".
func (r CopyRow) Text(column string) string {
	text, _ := r[column].(string)
	return text
}

// CopyStore reads a person's copy of their data. Its reads join the live grant of the viewer.
type CopyStore interface {
	// Copy returns everything but the pictures. ErrNoAccess.
	Copy(ctx context.Context, v Viewer, now time.Time) (Copy, error)
	// CopyPortrait returns a picture of the viewer's face. ErrNotFound.
	CopyPortrait(ctx context.Context, v Viewer, id string, now time.Time) ([]byte, error)
	// CopyScan returns a page of a paper that the viewer signed. ErrNotFound.
	CopyScan(ctx context.Context, v Viewer, id string, now time.Time) ([]byte, error)
	// ReserveCopy takes one of the copies that an account may make in a window. *LaterError.
	ReserveCopy(ctx context.Context, accountID string, limit int, window time.Duration, now time.Time) error
}

// Limits of copies: each reads all rows of a person.
const (
	copyLimit  = 10
	copyWindow = 24 * time.Hour
)

// CopyParts is what a person's copy consists of.
type CopyParts struct {
	Overview Overview
	Accesses []Access
	Rows     Copy
	MadeAt   time.Time
}

// Copy returns what is stored about the viewer. Errors: ErrNoAccess, *LaterError.
func (s *Service) Copy(ctx context.Context, v Viewer) (CopyParts, error) {
	now := s.now()
	if err := s.deps.Copies.ReserveCopy(ctx, v.AccountID, copyLimit, copyWindow, now); err != nil {
		return CopyParts{}, err
	}
	overview, err := s.Overview(ctx, v)
	if err != nil {
		return CopyParts{}, err
	}
	accesses, err := s.Accesses(ctx, v)
	if err != nil {
		return CopyParts{}, err
	}
	rows, err := s.deps.Copies.Copy(ctx, v, now)
	if err != nil {
		return CopyParts{}, fmt.Errorf("copying what is stored: %w", err)
	}
	return CopyParts{Overview: overview, Accesses: accesses, Rows: rows, MadeAt: now}, nil
}

// Portrait returns a picture of the viewer's face. Errors: ErrNotFound, as of one that was deleted since its row was copied.
func (s *Service) Portrait(ctx context.Context, v Viewer, id string) ([]byte, error) {
	picture, err := s.deps.Copies.CopyPortrait(ctx, v, id, s.now())
	if err != nil {
		return nil, fmt.Errorf("copying a portrait: %w", err)
	}
	return picture, nil
}

// Scan returns a page of a paper that the viewer signed at a window. Errors: ErrNotFound, as of one that was erased since its row was copied.
func (s *Service) Scan(ctx context.Context, v Viewer, id string) ([]byte, error) {
	page, err := s.deps.Copies.CopyScan(ctx, v, id, s.now())
	if err != nil {
		return nil, fmt.Errorf("copying a signed paper: %w", err)
	}
	return page, nil
}
