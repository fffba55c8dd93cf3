package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/operations"
)

var _ operations.ProviderStore = (*Store)(nil)

// reportedCall is a row of provider_reports.
type reportedCall struct {
	Replica     string `db:"replica"`
	Provider    string `db:"provider"`
	Called      string `db:"called"`
	State       string `db:"state"`
	ChangedAt   int64  `db:"changed_at"`
	SuccessAt   int64  `db:"success_at"`
	FailureAt   int64  `db:"failure_at"`
	FailureCode string `db:"failure_code"`
	Calls       int    `db:"calls"`
	P50         int64  `db:"p50"`
	P95         int64  `db:"p95"`
	P99         int64  `db:"p99"`
	ReportedAt  int64  `db:"reported_at"`
}

const (
	reportColumns  = "replica, provider, called, state, changed_at, success_at, failure_at, failure_code, calls, p50, p95, p99, reported_at"
	insertReports  = "INSERT INTO provider_reports (" + reportColumns + ", until) VALUES "
	reportedValues = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// ReportProviders implements [operations.ProviderStore]. It takes two statements, however many calls there are.
func (s *Store) ReportProviders(ctx context.Context, replica string, reports []operations.Provider, until time.Time) error {
	if len(reports) == 0 {
		return nil
	}
	var args []any
	for _, p := range reports {
		args = append(args, replica, p.Provider, p.Call, p.State, ms(p.ChangedAt), ms(p.SuccessAt), ms(p.FailureAt), p.FailureCode, p.Calls,
			p.P50.Milliseconds(), p.P95.Milliseconds(), p.P99.Milliseconds(), ms(p.ReportedAt), ms(until))
	}
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM provider_reports WHERE replica = ?", replica); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, insertReports+strings.Repeat(reportedValues+", ", len(reports)-1)+reportedValues, args...)
		return raced(err)
	})
	if err != nil {
		return fmt.Errorf("storing reports of third parties: %w", err)
	}
	return nil
}

// ReportedProviders implements [operations.ProviderStore].
func (s *Store) ReportedProviders(ctx context.Context, now time.Time) ([]operations.Provider, error) {
	var rows []reportedCall
	err := s.read.SelectContext(ctx, &rows, "SELECT "+reportColumns+" FROM provider_reports WHERE until > ? ORDER BY provider, called, replica", ms(now))
	if err != nil {
		return nil, fmt.Errorf("reading reports of third parties: %w", err)
	}
	found := make([]operations.Provider, len(rows))
	for i, r := range rows {
		found[i] = operations.Provider{
			Provider: r.Provider, Call: r.Called, Replica: r.Replica, State: r.State, ChangedAt: fromMs(r.ChangedAt), SuccessAt: fromMs(r.SuccessAt),
			FailureAt: fromMs(r.FailureAt), FailureCode: r.FailureCode, Calls: r.Calls, P50: milliseconds(r.P50), P95: milliseconds(r.P95), P99: milliseconds(r.P99),
			ReportedAt: fromMs(r.ReportedAt),
		}
	}
	return found, nil
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
