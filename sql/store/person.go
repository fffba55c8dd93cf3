package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"renzheng/appointment"
	"renzheng/rights"
)

var _ rights.PersonStore = (*Store)(nil)

// viewerArgs are the arguments of liveGrant.
func viewerArgs(v rights.Viewer, now time.Time) []any {
	return []any{v.GrantID, v.SessionID, v.SubjectID, ms(now)}
}

// heldParts counts the rows of each holding. Every part joins the live grant.
const heldParts = `SELECT 'account' AS code, COUNT(*) AS n, MIN(x.created_at) AS since FROM grants g JOIN accounts x ON x.id = g.account_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'registration', COUNT(*), MIN(x.created_at) FROM grants g JOIN subscribers x ON x.account_id = g.account_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'sign_ins', COUNT(*), MIN(x.created_at) FROM grants g JOIN sessions x ON x.account_id = g.account_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'identity', COUNT(DISTINCT x.subject_id), MIN(x.created_at) FROM grants g JOIN verifications x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'verifications', COUNT(*), MIN(x.created_at) FROM grants g JOIN verifications x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'portrait', COUNT(*), MIN(x.created_at) FROM grants g JOIN portraits x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'remembered', COUNT(*), MIN(c.accepted_at) FROM grants g JOIN remembered_documents x ON x.account_id = g.account_id
		JOIN consents c ON c.id = x.consent_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'todos', COUNT(*), MIN(x.opened_at) FROM grants g JOIN todos x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'answers', COUNT(*), MIN(x.answered_at) FROM grants g JOIN confirmations x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'messages', COUNT(*), MIN(x.agreed_at) FROM grants g JOIN notifications x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'consents', COUNT(*), MIN(x.accepted_at) FROM grants g JOIN consents x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'accesses', COUNT(*), MIN(f.last_at) FROM grants g JOIN confirmations x ON x.subject_id = g.subject_id
		JOIN evidence_fetches f ON f.confirmation_id = x.id WHERE ` + liveGrant + withheldNow +
	` UNION ALL SELECT 'reveals', COUNT(*), MIN(z.at) FROM (SELECT y.at` + ofReveals + ` UNION ALL SELECT y.at` + ofAppealReveals + `) z` +
	` UNION ALL SELECT 'holds', COUNT(*), MIN(x.placed_at) FROM grants g JOIN legal_holds x
		ON (x.owner_id = g.subject_id OR x.owner_id IN (SELECT t.case_row FROM todos t WHERE t.subject_id = g.subject_id)) WHERE ` + liveGrant +
	` UNION ALL SELECT 'corrections', COUNT(*), MIN(x.created_at) FROM grants g JOIN corrections x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'freezes', COUNT(*), MIN(x.placed_at) FROM grants g JOIN freezes x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'bars', COUNT(*), MIN(x.decided_at) FROM grants g JOIN bars x ON x.subject_id = g.subject_id AND x.decided_at > 0 WHERE ` + liveGrant +
	` UNION ALL SELECT 'reports', COUNT(*), MIN(x.created_at) FROM grants g JOIN confirmations c ON c.subject_id = g.subject_id
		JOIN impersonation_reports x ON x.confirmation_id = c.id WHERE ` + liveGrant +
	` UNION ALL SELECT 'appeals', COUNT(*), MIN(x.created_at) FROM` + ownAppeals + `WHERE ` + liveGrant +
	` UNION ALL SELECT 'visits', COUNT(*), MIN(x.opened_at) FROM grants g JOIN visits x ON x.subject_id = g.subject_id WHERE ` + liveGrant +
	` UNION ALL SELECT 'appointments', COUNT(*), MIN(z.at) FROM (SELECT x.created_at AS at FROM grants g JOIN appointments x ON x.account_id = g.account_id WHERE ` + liveGrant +
	` UNION ALL SELECT x.taken_at FROM grants g JOIN queue_numbers x ON x.account_id = g.account_id WHERE ` + liveGrant + `) z` +
	` UNION ALL SELECT 'support', COUNT(*), MIN(x.created_at) FROM grants g JOIN support_tickets x ON x.account_id = g.account_id WHERE ` + liveGrant

// Held implements [rights.PersonStore].
func (s *Store) Held(ctx context.Context, v rights.Viewer, now time.Time) ([]rights.Held, error) {
	var args []any
	for part := range strings.SplitSeq(heldParts, " UNION ALL ") {
		args = append(args, viewerArgs(v, now)...)
		if strings.Contains(part, withheldNow) {
			args = append(args, ms(now))
		}
	}
	var rows []struct {
		Code  string `db:"code"`
		N     int    `db:"n"`
		Since *int64 `db:"since"`
	}
	if err := s.read.SelectContext(ctx, &rows, heldParts, args...); err != nil {
		return nil, fmt.Errorf("counting what is stored: %w", err)
	}
	held := make([]rights.Held, len(rows))
	for i, row := range rows {
		held[i] = rights.Held{Code: row.Code, Count: row.N}
		if row.Since != nil {
			held[i].Since = fromMs(*row.Since)
		}
	}
	return held, nil
}

// keptRow is the number of rows that have a ground to stay, and until when.
type keptRow struct {
	Part  int    `db:"part"` // 1 = open todos, 2 = undecided attempts, 3 = answers to a registry, 4 = what a legal hold keeps, 5 = freezes in force, 6 = bars, 7 = missed appointments
	Code  string `db:"code"` // the registry
	N     int    `db:"n"`
	Until *int64 `db:"until"`
}

// Kept implements [rights.PersonStore].
func (s *Store) Kept(ctx context.Context, v rights.Viewer, now time.Time) (rights.Kept, error) {
	query := `SELECT 1 AS part, '' AS code, COUNT(*) AS n, MAX(x.expires_at) AS until FROM grants g JOIN todos x ON x.subject_id = g.subject_id AND x.state = 'open' WHERE ` + liveGrant +
		` UNION ALL SELECT 2, '', COUNT(*), MAX(a.next_try_at) FROM grants g JOIN verifications x ON x.subject_id = g.subject_id
			JOIN attempts a ON a.verification_id = x.id AND a.undecided = 1 WHERE ` + liveGrant +
		` UNION ALL SELECT 3, x.registry_id, COUNT(*), MAX(x.answered_at) FROM grants g JOIN confirmations x ON x.subject_id = g.subject_id AND LENGTH(x.openings_cipher) > 0
			WHERE ` + liveGrant + ` GROUP BY x.registry_id
		UNION ALL SELECT 4, '', COUNT(*), 0 FROM grants g JOIN legal_holds x ON x.lifted_at = 0
			AND (x.owner_id = g.subject_id OR x.owner_id IN (SELECT t.case_row FROM todos t WHERE t.subject_id = g.subject_id)
				OR x.owner_id IN (SELECT o.subject_id FROM todos t JOIN todos o ON o.case_row = t.case_row WHERE t.subject_id = g.subject_id)) WHERE ` + liveGrant +
		` UNION ALL SELECT 7, '', COUNT(*), MAX(x.ends_at) + ? FROM grants g JOIN appointments x ON x.account_id = g.account_id AND x.state = 'missed' AND x.ends_at > ? WHERE ` + liveGrant +
		` UNION ALL SELECT 7, '', COALESCE(SUM(b.used), 0), MAX(b.ends_at) FROM budgets b WHERE b.scope = ?`
	args := viewerArgs(v, now)
	missed := []any{appointment.MissWindow.Milliseconds(), ms(now.Add(-appointment.MissWindow))}
	return s.kept(ctx, query, slices.Concat(args, args, args, args, missed, args, []any{scopeOfMissed(v.AccountID)})...)
}

// erasedKept returns what an erasure has left.
func (s *Store) erasedKept(ctx context.Context, e erasureRow) (rights.Kept, error) {
	return s.kept(ctx, `SELECT 1 AS part, '' AS code, COUNT(*) AS n, MAX(x.expires_at) AS until FROM subjects o JOIN todos x ON x.subject_id = o.id AND x.state = 'open'
			WHERE o.id = ? AND o.erased_at = ? AND o.erased_at > 0
		UNION ALL SELECT 2, '', COUNT(*), MAX(a.next_try_at) FROM verifications x JOIN attempts a ON a.verification_id = x.id AND a.undecided = 1
			WHERE x.subject_id = ? AND x.created_at <= ?
		UNION ALL SELECT 3, x.registry_id, COUNT(*), MAX(x.answered_at) FROM confirmations x WHERE x.subject_id = ? AND LENGTH(x.openings_cipher) > 0
			GROUP BY x.registry_id
		UNION ALL SELECT 4, '', COUNT(*), 0 FROM legal_holds x WHERE x.lifted_at = 0
			AND (x.owner_id IN (?, ?) OR x.owner_id IN (SELECT t.case_row FROM todos t WHERE t.subject_id = ?)
			OR x.owner_id IN (SELECT o.subject_id FROM todos t JOIN todos o ON o.case_row = t.case_row WHERE t.subject_id = ?)
			OR x.owner_id IN (SELECT v.case_row FROM visits v WHERE v.subject_id = ?))
		UNION ALL SELECT 5, '', COUNT(*), 0 FROM freezes x WHERE x.subject_id = ? AND x.lifted_at = 0
		UNION ALL SELECT 6, '', COUNT(*), MAX(x.until) FROM bars x WHERE x.subject_id = ? AND x.state = 'in_force'
		UNION ALL SELECT 7, '', COALESCE(SUM(b.used), 0), MAX(b.ends_at) FROM budgets b WHERE b.scope = ?`,
		e.SubjectID, e.ErasedAt, e.SubjectID, e.ErasedAt, e.KeptID, e.SubjectID, e.KeptID, e.KeptID, e.KeptID, e.KeptID, e.SubjectID, e.SubjectID, scopeOfMissed(e.AccountID))
}

func (s *Store) kept(ctx context.Context, query string, args ...any) (rights.Kept, error) {
	var rows []keptRow
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return rights.Kept{}, fmt.Errorf("counting what has to stay: %w", err)
	}
	var kept rights.Kept
	for _, row := range rows {
		var until time.Time
		if row.Until != nil {
			until = fromMs(*row.Until)
		}
		switch row.Part {
		case 1:
			kept.OpenTodos, kept.TodosUntil = row.N, until
		case 2:
			kept.Undecided, kept.UndecidedTill = row.N, until
		case 4:
			kept.Held = row.N
		case 5:
			kept.Frozen = row.N
		case 6:
			kept.Bars, kept.BarsUntil = row.N, until
		case 7:
			kept.Missed += row.N
			if until.After(kept.MissedUntil) {
				kept.MissedUntil = until
			}
		default:
			kept.Answers = append(kept.Answers, rights.Answered{RegistryID: row.Code, Count: row.N, LastAt: until})
		}
	}
	return kept, nil
}

// Accesses implements [rights.PersonStore].
func (s *Store) Accesses(ctx context.Context, v rights.Viewer, now time.Time, limit int) ([]rights.Access, error) {
	var rows []struct {
		RegistryID     string `db:"registry_id"`
		ConfirmationID string `db:"confirmation_id"`
		Fetches        int    `db:"fetches"`
		LastAt         int64  `db:"last_at"`
		Until          int64  `db:"until"`
		Ground         string `db:"ground"`
	}
	err := s.read.SelectContext(ctx, &rows, `SELECT f.registry_id, f.confirmation_id, f.fetches, f.last_at,
		COALESCE(d.until, 0) AS until, COALESCE(d.ground, '') AS ground FROM grants g
		JOIN confirmations c ON c.subject_id = g.subject_id JOIN evidence_fetches f ON f.confirmation_id = c.id
		LEFT JOIN withheld_accesses d ON d.confirmation_id = f.confirmation_id AND d.until >= f.last_at
		WHERE `+liveGrant+withheldNow+` ORDER BY f.last_at DESC, f.confirmation_id LIMIT ?`, append(viewerArgs(v, now), ms(now), limit)...)
	if err != nil {
		return nil, fmt.Errorf("listing accesses: %w", err)
	}
	found := make([]rights.Access, len(rows))
	for i, row := range rows {
		found[i] = rights.Access{RegistryID: row.RegistryID, ConfirmationID: row.ConfirmationID, Times: row.Fetches, LastAt: fromMs(row.LastAt), DelayedUntil: fromMs(row.Until), DelayGround: row.Ground}
	}
	return found, nil
}
