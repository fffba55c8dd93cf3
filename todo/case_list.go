package todo

import (
	"context"
	"fmt"

	"renzheng/tracing"
)

// CaseListing is a part of the list of cases. Next is nil on the last part.
type CaseListing struct {
	Cases []CaseSummary
	Next  *Cursor
}

// ListCases returns a part of a registry's own cases. Without a prefix, a case that
// is revised while its registry reads the list appears again at the end, so that no
// revision is missed.
func (s *Service) ListCases(ctx context.Context, q CaseQuery) (_ CaseListing, err error) {
	ctx, span := tracing.Start(ctx, "todo ListCases")
	defer func() { span.End(err) }()
	q.Limit = pageSize(q.Limit)
	limit := q.Limit
	q.Limit++ // one more row shows that there is a next page
	cases, err := s.CaseList.ListCases(ctx, q, s.now())
	if err != nil {
		return CaseListing{}, fmt.Errorf("listing cases: %w", err)
	}
	if len(cases) <= limit {
		return CaseListing{Cases: cases}, nil
	}
	last := cases[limit-1]
	return CaseListing{Cases: cases[:limit], Next: &Cursor{At: last.ReceivedAt, ID: last.CaseID}}, nil
}
