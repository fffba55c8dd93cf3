package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"renzheng/bff"
	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
)

// slipCommand shows what was tried in the session that a slip code is of.
type slipCommand struct {
	config.Storage `embed:""`

	Code string `arg:"" help:"The code on the slip, such as 7K2M-93QF; or the id of a session as in the access log."`
}

// Run prints ids, states, codes, providers and times.
func (c *slipCommand) Run() error {
	prefix, ok := bff.SessionOfSlip(c.Code)
	if bff.IsSessionID(c.Code) {
		prefix, ok = c.Code, true
	}
	if !ok {
		return errors.New("a slip code has eight characters, 0 to 9 and A to V, such as 7K2M-93QF")
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		traces, err := db.TraceSessions(ctx, prefix)
		if err != nil {
			return err
		}
		if len(traces) == 0 {
			return fmt.Errorf("no session has the code %s: its rows are purged, or nobody was signed in. "+
				"In the second case it is the end of a request_id in the access log", c.Code)
		}
		return writeTraces(os.Stdout, traces)
	})
}

// writeTraces writes what was tried in sessions.
func writeTraces(w io.Writer, traces []store.SessionTrace) error {
	var problems []error
	for _, s := range traces {
		_, err := fmt.Fprintf(w, "session_id %s  account_id %s  channel %s  opened %s  ended %s\n",
			s.SessionID, s.AccountID, s.Channel, moment(s.OpenedAt), moment(s.EndedAt))
		problems = append(problems, err, writeTable(w, attemptLines(s.Verifications)))
		if len(s.Verifications) == 0 {
			_, err = fmt.Fprintln(w, "No verification was begun; the access log has the codes of the problems of this session.")
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

// attemptLines returns a row for each verification and each of its attempts.
func attemptLines(verifications []store.VerificationTrace) []string {
	lines := []string{"VERIFICATION_ID / ATTEMPT_ID\tWHAT\tPROVIDER\tSTATE\tFAILURE\tCOUNTED\tBEGAN\tENDED"}
	for _, v := range verifications {
		lines = append(lines, fmt.Sprintf("%s\t%s\t\t%s\t\t\t%s\t%s", v.ID, v.Purpose, v.State, moment(v.BeganAt), moment(v.EndedAt)))
		for _, a := range v.Tries {
			counted := "no"
			if a.Counted {
				counted = "yes"
			}
			lines = append(lines, fmt.Sprintf("  %s\t%s\t%s\t%s\t%s\t%s\t%s\t%s",
				a.ID, a.Check, a.Provider, a.State, cmp.Or(a.Failure, "-"), counted, moment(a.StartedAt), moment(a.SettledAt)))
		}
	}
	return lines
}
