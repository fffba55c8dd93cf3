package verification_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"renzheng/retention"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// settle waits until everything is decided. Clients that still have a call may
// show a face. Then the judge answers reliably, and the workers run until nothing
// is due.
func (s *sequence) settle(ctx context.Context) error {
	for range s.luckOf(3) {
		s.show(verification.OutcomeFailed)
	}
	s.judge.mood(false)
	if err := s.ownerComes(ctx); err != nil {
		return err
	}
	for i, wait := range []time.Duration{0, 2 * time.Minute, time.Hour, 10 * time.Hour, settled - 11*time.Hour} {
		s.pass(wait)
		on := s.replicas[i%len(s.replicas)]
		_, failed := on.Reconcile(ctx)
		_, late := on.Expire(ctx)
		if err := errors.Join(failed, late); err != nil {
			return err
		}
	}
	return nil
}

// ownerComes plays the first verification of the person whom the others claimed
// to be. The owner must have two tries (R12).
func (s *sequence) ownerComes(ctx context.Context) error {
	actor, err := s.signIn(ctx, fmt.Sprintf("owner-%d", s.index))
	if err == nil {
		err = s.consent(ctx, actor)
	}
	if err != nil {
		return err
	}
	on := s.replicas[s.luckOf(len(s.replicas))]
	view, err := on.Start(ctx, actor, verification.StartRequest{Purpose: policy.Access, Document: &s.owner})
	if err != nil {
		return fmt.Errorf("the owner cannot start: %w", err)
	}
	for _, outcome := range []verification.Outcome{verification.OutcomeFailed, verification.OutcomePassed} {
		_, attempt, failed := on.StartFace(ctx, actor, view.ID)
		if failed != nil {
			return fmt.Errorf("the owner's face that %s: %w", outcome, failed)
		}
		s.judge.show(attempt.Call.CertifyID, outcome)
		_, attempt, failed = on.FinishFace(ctx, actor, view.ID, attempt.ID)
		if failed != nil || string(attempt.State) != string(outcome) {
			return fmt.Errorf("the owner's face that %s is %s: %w", outcome, attempt.State, failed)
		}
	}
	return nil
}

// check compares the tables with what the judge has decided.
func (s *sequence) check(ctx context.Context) error {
	return errors.Join(s.checkJudge(ctx), s.checkBudgets(ctx), s.checkRows(ctx))
}

// checkJudge requires that every failure that the judge decided is counted, and
// that no more faces were shown than the limits allow.
func (s *sequence) checkJudge(ctx context.Context) error {
	var problems []error
	failed, passed := s.judge.failures()
	guesses := 0
	for account, n := range failed {
		if n > s.limits.Face.Tries {
			problems = append(problems, fmt.Errorf("%d failed faces of %s were shown, %d are allowed", n, account, s.limits.Face.Tries))
		}
		if !passed[account] {
			guesses += n
		}
	}
	if most := s.limits.FaceOfSubject.Tries + 2*strangers; guesses > most {
		problems = append(problems, fmt.Errorf("%d guesses were shown, %d are the bound", guesses, most))
	}
	decided := 0
	for _, n := range failed {
		decided += n
	}
	counts, err := column[int](ctx, s.raw, `SELECT COUNT(*) FROM attempts WHERE kind = 'face' AND counted = 1 AND started_at >= ?
		UNION ALL SELECT COUNT(*) FROM attempts WHERE undecided = 1`, s.began)
	if err != nil {
		return err
	}
	if counts[0] != decided {
		problems = append(problems, fmt.Errorf("%d faces failed, %d attempts are counted", decided, counts[0]))
	}
	if counts[1] > 0 {
		problems = append(problems, fmt.Errorf("%d attempts are undecided", counts[1]))
	}
	return errors.Join(problems...)
}

// budgetWindow identifies one budget in one window, as attempts store it.
type budgetWindow struct {
	Scope  string `json:"scope"`
	EndsAt int64  `json:"ends_at"`
}

// checkBudgets requires that each budget is the sum of what its attempts used.
func (s *sequence) checkBudgets(ctx context.Context) error {
	due, err := s.due(ctx)
	if err != nil {
		return err
	}
	var problems []error
	for w, want := range due {
		used, err := column[int](ctx, s.raw, "SELECT used FROM budgets WHERE scope = ? AND ends_at = ?", w.Scope, w.EndsAt)
		if err != nil {
			return err
		}
		if len(used) == 1 && used[0] != want {
			problems = append(problems, fmt.Errorf("%s has %d used, its attempts used %d", w.Scope, used[0], want))
		}
	}
	return errors.Join(problems...)
}

// due returns what the attempts of the sequence have used, by budget and window.
func (s *sequence) due(ctx context.Context) (map[budgetWindow]int, error) {
	rows, err := s.raw.QueryContext(ctx, "SELECT budgets, counted FROM attempts WHERE started_at >= ?", s.began)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	due := map[budgetWindow]int{}
	for rows.Next() {
		var budgets []byte
		var counted bool
		if err = rows.Scan(&budgets, &counted); err != nil {
			return nil, err
		}
		var taken []struct {
			budgetWindow

			Keep bool `json:"keep"`
			Sent bool `json:"sent"`
		}
		if err = json.Unmarshal(budgets, &taken); err != nil {
			return nil, err
		}
		for _, t := range taken {
			used := 0
			if counted || t.Keep || t.Sent {
				used = 1
			}
			due[t.budgetWindow] += used
		}
	}
	return due, rows.Err()
}

// checkRows requires that no account has made more rows than its limits allow.
func (s *sequence) checkRows(ctx context.Context) error {
	var problems []error
	for what, most := range map[string]int{
		"verifications": s.limits.Starts.Tries, "attempts": s.limits.FaceStarts.Tries + s.limits.BankCardStarts.Tries,
		"consents": s.limits.Consents.Tries,
	} {
		at := map[string]string{"verifications": "created_at", "attempts": "started_at", "consents": "accepted_at"}[what]
		rows, err := column[int](ctx, s.raw, "SELECT COUNT(*) FROM "+what+" WHERE "+at+" >= ? GROUP BY account_id", s.began)
		if err != nil {
			return err
		}
		for _, n := range rows {
			if n > most {
				problems = append(problems, fmt.Errorf("an account made %d %s in a day, %d are the bound", n, what, most))
			}
		}
	}
	return errors.Join(problems...)
}

// kept returns the tables that may hold rows for ever, with the reason.
func kept() map[string]string {
	return map[string]string{
		"key_checks":       "one for each key of the operator",
		"leases":           "one for each worker",
		"feeds":            "one for each registry",
		"goose_db_version": "one for each migration",
		"row_integrity":    "one",
		"backups":          "one",
		"database_epoch":   "one",
		"sqlite_sequence":  "the engine's own",
	}
}

// demandEmpty lets every retention time pass and requires that no table except
// those of kept has rows left (R64).
func (a *harness) demandEmpty(ctx context.Context, engine string) error {
	const longest = 4 * 365 * 24 * time.Hour
	a.pass(longest)
	purge := retention.New(retention.Deps{
		Store: a.rows, Registries: func(string) int { return 0 }, Periods: retention.DefaultPeriods(), Clock: a.clock,
	})
	for range 2 { // an account that something still named is looked at again a month later
		for n := 1; n > 0; {
			var err error
			if n, err = purge.Purge(ctx); err != nil {
				return fmt.Errorf("purging: %w", err)
			}
		}
		a.pass(longest)
	}
	tables := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if engine == "mysql" {
		tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	names, err := column[string](ctx, a.raw, tables)
	if err != nil {
		return err
	}
	var problems []error
	for _, name := range names {
		if _, may := kept()[name]; may {
			continue
		}
		left, failed := column[int](ctx, a.raw, "SELECT COUNT(*) FROM "+name)
		if failed != nil {
			return failed
		}
		if left[0] > 0 {
			problems = append(problems, fmt.Errorf("%d rows of %s are left when every retention is over", left[0], name))
		}
	}
	return errors.Join(problems...)
}
