package todo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"renzheng/receipt"
	"renzheng/staff"
)

// Bounds of the scan of a signed paper.
const (
	MaxScanPages = 5
	MaxScanBytes = 8 << 20 // of the clean pages together, so that the evidence stays within what its reader accepts
)

// Scanner makes a page of a signed paper harmless (R55).
type Scanner interface {
	// Picture returns the page as a JPEG that has nothing but its pixels. It returns an error for anything that is not a picture.
	Picture(ctx context.Context, content []byte) ([]byte, error)
}

// signature is how a person signed at a window.
type signature struct {
	strokes []byte   // on a pad; nil otherwise
	scan    [][]byte // clean pages of a paper; nil otherwise
}

// signature reads the handwriting of a pad, or cleans the scan of a paper.
func (s *Service) signature(ctx context.Context, m staff.Member, r WindowRequest) (signature, error) {
	switch r.Manner {
	case SignedPad:
		strokes, err := DecodeStrokes(r.Strokes)
		return signature{strokes: []byte(strokes.Encode())}, err
	case SignedPaper:
		required := s.ScanRequired != nil && s.ScanRequired(m.Office)
		if len(r.Scan) > MaxScanPages || len(r.Scan) > 0 && s.Scanner == nil || required && len(r.Scan) == 0 {
			return signature{}, ErrScan
		}
		pages, err := s.cleanPages(ctx, r.Scan)
		return signature{scan: pages}, err
	case ReadOut:
	}
	return signature{}, nil
}

func (s *Service) cleanPages(ctx context.Context, uploaded [][]byte) ([][]byte, error) {
	var pages [][]byte
	total := 0
	for _, content := range uploaded {
		page, err := s.Scanner.Picture(ctx, content)
		if err != nil {
			return nil, fmt.Errorf("cleaning a page of a signed paper: %w", err)
		}
		if total += len(page); total > MaxScanBytes {
			return nil, ErrScan
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func scanOf(pages [][]byte) plainScan {
	digests := make([]string, len(pages))
	for i, page := range pages {
		digest := sha256.Sum256(page)
		digests[i] = hex.EncodeToString(digest[:])
	}
	return plainScan{digests}
}

// checkScan compares the pages with their digests.
func checkScan(e receipt.Evidence) error {
	var value plainScan
	isOpen, err := e.Value(ScanDomain, &value)
	switch {
	case err != nil:
		return err
	case !isOpen && len(e.Scan) > 0:
		return badEvidence("has a member scan, and the receipt says that there is none")
	case isOpen && len(e.Scan) == 0:
		return badEvidence("lacks the member scan")
	case isOpen && !slices.Equal(value.Pages, scanOf(e.Scan).Pages):
		return badEvidence("has other pages of the signed paper")
	}
	return nil
}
