package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"renzheng/todo"
)

var _ todo.CaseLister = (*Store)(nil)

const listedCases = `SELECT id, case_id, revision, state, received_at FROM cases
	WHERE registry_id = ? AND state IN (?, ?) AND received_at >= ? AND received_at < ?`

// The two orders of the list, each that of an index.
const (
	listCasesByReceipt = listedCases + ` AND (received_at > ? OR case_id > ?) ORDER BY received_at, case_id LIMIT ` + mostRows
	listCasesByID      = listedCases + ` AND case_id >= ? AND case_id < ? ORDER BY case_id LIMIT ` + mostRows
)

// Characters next to those of an id.
const (
	belowIDs = "!"
	aboveIDs = "~"
)

// ListCases implements [todo.CaseLister]. It takes two statements, whatever the number of cases and signers.
func (s *Store) ListCases(ctx context.Context, q todo.CaseQuery, now time.Time) ([]todo.CaseSummary, error) {
	text, args := caseListing(q)
	var rows []caseRow
	if err := s.read.SelectContext(ctx, &rows, text, args...); err != nil {
		return nil, fmt.Errorf("listing cases: %w", err)
	}
	rows = rows[:min(len(rows), q.Limit)]
	signers, err := s.countSigners(ctx, rows, now)
	if err != nil {
		return nil, err
	}
	cases := make([]todo.CaseSummary, len(rows))
	for i, row := range rows {
		cases[i] = todo.CaseSummary{
			CaseID: row.CaseID, Revision: row.Revision, State: todo.CaseState(row.State), ReceivedAt: fromMs(row.ReceivedAt),
			Signers: signers[row.ID],
		}
	}
	return cases, nil
}

// caseListing returns the statement of a query with its arguments.
func caseListing(q todo.CaseQuery) (string, []any) {
	states := [2]todo.CaseState{todo.CaseOpen, todo.CaseWithdrawn}
	if q.State != "" {
		states = [2]todo.CaseState{q.State, q.State}
	}
	since, until := int64(0), int64(math.MaxInt64)
	if !q.Since.IsZero() {
		since = ms(q.Since)
	}
	if !q.Until.IsZero() {
		until = ms(q.Until)
	}
	args := []any{q.RegistryID, string(states[0]), string(states[1])}
	if q.Prefix != "" {
		return listCasesByID, append(args, since, until, max(q.Prefix, q.After.ID+belowIDs), q.Prefix+aboveIDs)
	}
	after := int64(-1)
	if q.After != (todo.Cursor{}) {
		after = ms(q.After.At)
	}
	return listCasesByReceipt, append(args, max(since, after), until, after, q.After.ID)
}

// countSigners counts the signers of cases by the state of their newest todo.
func (s *Store) countSigners(ctx context.Context, cases []caseRow, now time.Time) (map[string]todo.SignerCounts, error) {
	counts := make(map[string]todo.SignerCounts, len(cases))
	if len(cases) == 0 {
		return counts, nil
	}
	ids := make([]string, len(cases))
	for i, c := range cases {
		ids[i] = c.ID
	}
	query, args, err := in(`SELECT t.case_row, t.state, t.expires_at <= ? AS past, COUNT(*) AS signers FROM todos t
		WHERE t.case_row IN (?) AND NOT EXISTS (
			SELECT 1 FROM todos n WHERE n.case_row = t.case_row AND n.signer_id = t.signer_id AND n.revision > t.revision)
		GROUP BY t.case_row, t.state, past`, ms(now), ids)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		CaseRow string `db:"case_row"`
		State   string `db:"state"`
		Past    bool   `db:"past"`
		Signers int    `db:"signers"`
	}
	if err = s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("counting the signers of cases: %w", err)
	}
	for _, row := range rows {
		state, count := todo.State(row.State), counts[row.CaseRow]
		if state == todo.Open && row.Past {
			state = todo.Expired // the worker has not recorded it yet
		}
		count.Add(state, row.Signers)
		counts[row.CaseRow] = count
	}
	return counts, nil
}
