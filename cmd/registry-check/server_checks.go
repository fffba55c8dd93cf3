package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

// check checks every clause of a server. Without a case nothing else can be checked.
func (s *server) check(ctx context.Context, all *suite) {
	all.run(ctx, step{"S2", s.creates}, []step{
		{"S1", s.publishes},
		{"S3", s.repeats},
		{"S4", s.conflicts},
		{"S5", s.revises},
		{"S6", s.lists},
		{"S7", s.closes},
		{"S20", s.invites}, // while S1 is open and S2 is answered
		{"S8", s.opens},
		{"S9", s.feeds},
		{"S10", s.redelivers},
		{"S11", s.wantsSignature},
		{"S12", s.wantsOwnSignature},
		{"S13", s.wantsTime},
		{"S14", s.wantsNonce},
		{"S15", s.wantsDigest},
		{"S16", s.wantsKey},
		{"S17", s.wantsPlainText},
		{"S18", s.knowsNone},
		{"S19", s.withdraws},
	})
}

func (s *server) publishes(ctx context.Context) (string, error) {
	var err error
	if s.keys, err = s.client.Keys(ctx); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d bytes", len(s.keys)), nil
}

func (s *server) creates(ctx context.Context) (string, error) {
	state, err := s.client.PutCase(ctx, s.caseID, sampleCase(1))
	if err != nil {
		return "", err
	}
	for _, signer := range state.Signers {
		if signer.State != "open" || signer.TodoID == "" || signer.ContentDigest == "" {
			return "", fmt.Errorf("signer %s is %s, want open with a to-do", signer.SignerID, signer.State)
		}
	}
	if len(state.Signers) != 2 || !state.Changed { //nolint:mnd // as pushed
		return "", fmt.Errorf("got %d signers, changed %t", len(state.Signers), state.Changed)
	}
	s.state = state
	return "case " + s.caseID, nil
}

func (s *server) repeats(ctx context.Context) (string, error) {
	state, err := s.client.PutCase(ctx, s.caseID, sampleCase(1))
	if err != nil {
		return "", err
	}
	if state.Changed || state.Signers[0].TodoID != s.state.Signers[0].TodoID {
		return "", fmt.Errorf("got changed %t and to-do %s", state.Changed, state.Signers[0].TodoID)
	}
	return "changed false", nil
}

func (s *server) conflicts(ctx context.Context) (string, error) {
	other := sampleCase(1)
	other.Items[0].Value = "贰佰万元人民币"
	_, err := s.client.PutCase(ctx, s.caseID, other)
	if err = wantProblem(err, http.StatusConflict, "case_revision_conflict"); err != nil {
		return "", err
	}
	return "409", nil
}

func (s *server) revises(ctx context.Context) (string, error) {
	revised := sampleCase(2) //nolint:mnd // the next one
	revised.Signers[0].Items[0].Value = "70万元"
	state, err := s.client.PutCase(ctx, s.caseID, revised)
	if err != nil {
		return "", err
	}
	changed, kept := state.Signers[0].TodoID != s.state.Signers[0].TodoID, state.Signers[1].TodoID == s.state.Signers[1].TodoID
	if !changed || !kept {
		return "", fmt.Errorf("a new to-do for the changed signer: %t; the same for the other: %t", changed, kept)
	}
	_, err = s.client.PutCase(ctx, s.caseID, sampleCase(1))
	if err = wantProblem(err, http.StatusConflict, "case_revision_conflict"); err != nil {
		return "", fmt.Errorf("a lower revision: %w", err)
	}
	s.state = state
	return "revision 2", nil
}

func (s *server) lists(ctx context.Context) (string, error) {
	list, err := s.client.ListCases(ctx, url.Values{"case_id_prefix": {s.caseID}})
	if err != nil {
		return "", err
	}
	if len(list.Cases) != 1 || list.Cases[0].CaseID != s.caseID || list.Cases[0].Revision != 2 || list.Cases[0].Signers.Open != 2 {
		return "", fmt.Errorf("got %+v by the prefix", list.Cases)
	}
	const most = 10000
	query, seen := url.Values{"since": {list.Cases[0].ReceivedAt.Format(time.RFC3339Nano)}, "limit": {"1"}}, 0
	for range most {
		if list, err = s.client.ListCases(ctx, query); err != nil {
			return "", err
		}
		seen += len(list.Cases)
		if query.Set("cursor", list.NextCursor); list.NextCursor == "" {
			return fmt.Sprintf("%d cases since then", seen), nil
		}
	}
	return "", errors.New("the pages do not end")
}

func (s *server) closes(ctx context.Context) (string, error) {
	first, err := s.client.CloseSigner(ctx, s.caseID, "S2")
	if err != nil {
		return "", err
	}
	report, err := receipt.Verify([]byte(first.Receipt), s.keys)
	if err != nil {
		return "", fmt.Errorf("the receipt: %w", err)
	}
	if report.Statement.Decision != receipt.DoneAtWindow || report.Statement.TodoID != first.TodoID {
		return "", errors.New("the receipt is of another answer")
	}
	again, err := s.client.CloseSigner(ctx, s.caseID, "S2")
	if err != nil || again != first {
		return "", fmt.Errorf("closing again: another answer, or %w", orNone(err))
	}
	return report.Message, nil
}

func (s *server) invites(ctx context.Context) (string, error) {
	first, err := s.client.Invite(ctx, s.caseID, "S1")
	if err != nil {
		return "", err
	}
	if first.Code == "" || first.Scene == "" || !strings.HasSuffix(first.Page, "="+first.Scene) || first.ExpiresAt.Before(time.Now()) {
		return "", fmt.Errorf("code present: %t; page ends with the scene: %t; expiry in the future: %t", first.Code != "",
			first.Scene != "" && strings.HasSuffix(first.Page, "="+first.Scene), first.ExpiresAt.After(time.Now()))
	}
	again, err := s.client.Invite(ctx, s.caseID, "S1")
	if err != nil || again.Code == first.Code || again.Scene == first.Scene {
		return "", fmt.Errorf("inviting again: want another invitation, got the same one or %w", orNone(err))
	}
	_, err = s.client.Invite(ctx, s.caseID, "S2")
	if err = wantProblem(err, http.StatusConflict, "todo_already_answered"); err != nil {
		return "", fmt.Errorf("a signer who has answered: %w", err)
	}
	_, err = s.client.Invite(ctx, s.caseID, "S3")
	if err = wantProblem(err, http.StatusNotFound, "not_found"); err != nil {
		return "", fmt.Errorf("an unknown signer: %w", err)
	}
	return "expires " + first.ExpiresAt.UTC().Format(time.RFC3339), nil
}

func (s *server) opens(ctx context.Context) (string, error) {
	file, err := s.client.GetEvidence(ctx, s.caseID, "S2", 1)
	if err != nil {
		return "", err
	}
	var evidence struct {
		Receipt string `json:"receipt"`
	}
	if err = decode(file, &evidence); err != nil {
		return "", err
	}
	report, err := receipt.Verify([]byte(evidence.Receipt), s.keys)
	if err != nil {
		return "", fmt.Errorf("the receipt: %w", err)
	}
	if _, err = todo.CheckEvidence(file, report); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d bytes", len(file)), nil
}

// events returns the feed, until an event of the case is in it or the time is over.
func (s *server) events(ctx context.Context) (all []registrytest.FeedEvent, own registrytest.FeedEvent, err error) {
	end, after := time.Now().Add(s.wait), int64(0)
	for time.Now().Before(end) {
		feed, err := s.client.Events(ctx, after)
		if err != nil {
			return nil, own, err
		}
		for _, e := range feed.Events {
			if all = append(all, e); e.CaseID == s.caseID {
				own = e
			}
		}
		after = feed.NextAfter
		if len(feed.Events) == 0 && own.ID != "" {
			return all, own, nil
		}
		if len(feed.Events) == 0 {
			time.Sleep(200 * time.Millisecond) //nolint:mnd // events get their positions after the commit
		}
	}
	return nil, own, fmt.Errorf("no event of the case within %s", s.wait)
}

func (s *server) feeds(ctx context.Context) (string, error) {
	all, own, err := s.events(ctx)
	if err != nil {
		return "", err
	}
	for i, e := range all {
		if e.Position != int64(i)+1 {
			return "", fmt.Errorf("position %d follows %d", e.Position, i)
		}
	}
	if own.Type != todo.EventSuperseded || own.SignerID != "S1" || own.Revision != 1 {
		return "", fmt.Errorf("got %s of signer %s and revision %d", own.Type, own.SignerID, own.Revision)
	}
	return fmt.Sprintf("%d events, %s at %d", len(all), own.Type, own.Position), nil
}

func (s *server) redelivers(ctx context.Context) (string, error) {
	_, own, err := s.events(ctx)
	if err != nil {
		return "", err
	}
	if err = s.client.Redeliver(ctx, own.ID); err != nil {
		return "", err
	}
	if err = wantProblem(s.client.Redeliver(ctx, "evt_none"), http.StatusNotFound, "not_found"); err != nil {
		return "", err
	}
	return "event " + own.ID, nil
}

func (s *server) knowsNone(ctx context.Context) (string, error) {
	_, err := s.client.GetCase(ctx, s.caseID+"-x")
	return "404", wantProblem(err, http.StatusNotFound, "not_found")
}

func (s *server) wantsPlainText(ctx context.Context) (string, error) {
	bad := sampleCase(3) //nolint:mnd // the next one
	bad.Items[0].Value, bad.Signers[0].Role = "<b>", ""
	_, err := s.client.PutCase(ctx, s.caseID, bad)
	if wrong := wantProblem(err, http.StatusUnprocessableEntity, "content_invalid"); wrong != nil {
		return "", wrong
	}
	return violations(err, "/items/0/value text_markup", "/signers/0/role text_empty")
}

func (s *server) withdraws(ctx context.Context) (string, error) {
	for range 2 {
		if err := s.client.DeleteCase(ctx, s.caseID); err != nil {
			return "", err
		}
	}
	_, err := s.client.PutCase(ctx, s.caseID, sampleCase(9)) //nolint:mnd // a later one
	return "409 after it", wantProblem(err, http.StatusConflict, "case_withdrawn")
}
