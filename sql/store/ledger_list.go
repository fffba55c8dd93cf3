package store

import (
	"context"
	"fmt"

	"renzheng/ledger"
)

// LedgerEntries implements [ledger.Store].
func (s *Store) LedgerEntries(ctx context.Context, f ledger.Filter, after int64, limit int) ([]ledger.Entry, error) {
	query, args := "SELECT "+ledgerColumns+" FROM ledger_entries WHERE sequence > ?", []any{after}
	for _, part := range []struct{ condition, value string }{
		{"kind = ?", string(f.Kind)}, {"office = ?", f.Office}, {"member_id = ?", f.Member}, {"reference = ?", f.Reference},
	} {
		if part.value != "" {
			query, args = query+" AND "+part.condition, append(args, part.value)
		}
	}
	if !f.From.IsZero() {
		query, args = query+" AND at >= ?", append(args, ms(f.From))
	}
	if !f.Until.IsZero() {
		query, args = query+" AND at < ?", append(args, ms(f.Until))
	}
	var rows []ledgerRow
	err := s.read.SelectContext(ctx, &rows, query+" ORDER BY sequence LIMIT ?", append(args, limit)...)
	for i := 0; err == nil && i < len(rows); i++ {
		err = s.verify(ctx, s.read, rows[i])
	}
	if err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	entries := make([]ledger.Entry, len(rows))
	for i, row := range rows {
		entries[i] = row.entry()
	}
	return entries, nil
}
