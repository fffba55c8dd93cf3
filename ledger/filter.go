package ledger

import (
	"context"
	"slices"
	"time"
)

// Filter selects entries. Members that are zero select all.
type Filter struct {
	Kind      Kind
	Office    string
	Member    string
	Reference string
	From      time.Time // inclusive
	Until     time.Time // exclusive
}

// Store keeps the ledger. Acts that change rows append their entry in their own transaction.
type Store interface {
	// LedgerEntries returns up to limit entries after a sequence number, in order; after 0 = from the first.
	LedgerEntries(ctx context.Context, f Filter, after int64, limit int) ([]Entry, error)
	// LedgerHead returns the head of the ledger.
	LedgerHead(ctx context.Context) (Head, error)
	// Record appends an entry of an act that changes nothing else, such as a correction. Errors: ErrEntry, also if the entry to
	// be corrected does not exist.
	Record(ctx context.Context, d Draft) (Entry, error)
}

// batch is how many entries are read at once.
const batch = 1000

// Each returns the iteration over all entries that a filter selects, for WriteCSV and WriteXLSX.
func Each(ctx context.Context, from Store, f Filter) func(yield func(Entry) error) error {
	return func(yield func(Entry) error) error {
		for after := int64(0); ; {
			entries, err := from.LedgerEntries(ctx, f, after, batch)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if err = yield(e); err != nil {
					return err
				}
				after = e.Sequence
			}
			if len(entries) < batch {
				return nil
			}
		}
	}
}

// CorrectionReasons returns the codes of why an entry is corrected.
func CorrectionReasons() []string {
	return []string{"wrong_person", "wrong_case", "wrong_reason", "entered_twice", "not_done", "other"}
}

// IsCorrectionReason reports whether an entry may be corrected for a reason.
func IsCorrectionReason(code string) bool { return slices.Contains(CorrectionReasons(), code) }
