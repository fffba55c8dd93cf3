package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/operations"
)

var _ operations.QuotaStore = (*Store)(nil)

// CounterUse implements [operations.QuotaStore]. It reads a range of the primary key.
func (s *Store) CounterUse(ctx context.Context, c operations.QuotaRule, now time.Time) (operations.CounterUse, error) {
	var row struct {
		Running int `db:"running"`
		UsedUp  int `db:"used_up"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT COUNT(*) AS running, COALESCE(SUM(CASE WHEN used >= ? THEN 1 ELSE 0 END), 0) AS used_up
		FROM budgets WHERE scope >= ? AND scope < ? AND ends_at > ?`, c.Limit, c.Prefix, c.Prefix+"\x7f", ms(now))
	if err != nil {
		return operations.CounterUse{}, fmt.Errorf("counting the counters of a quota: %w", err)
	}
	return operations.CounterUse(row), nil
}
