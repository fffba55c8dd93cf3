package journey

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"renzheng/receipt"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// follows fetches the receipt of an answer, finds the answer among the person's
// records and waits until the registry has it.
func (v *visit) follows(ctx context.Context, answer Confirmation) error {
	return steps(
		func() error { return v.keepsReceipt(ctx, answer) },
		func() error { return v.findsRecord(ctx, answer) },
		func() error { return v.reachesRegistry(ctx, answer) },
	)
}

// keepsReceipt fetches the receipt and verifies it with the public keys only.
func (v *visit) keepsReceipt(ctx context.Context, answer Confirmation) error {
	file, err := v.client.receipt(ctx, answer.ID)
	if err != nil {
		return v.did("keeps the receipt", err)
	}
	keys, err := v.client.keys(ctx)
	if err != nil {
		return v.did("keeps the receipt", err)
	}
	report, err := receipt.Verify(file, keys)
	if err == nil {
		err = v.statementFits(report.Statement, answer)
	}
	return v.did("keeps the receipt, which verifies offline", err)
}

func (v *visit) statementFits(s receipt.Statement, answer Confirmation) error {
	wantPortrait := answer.Decision == "confirmed" && v.person.Fate != people.NoPortrait
	return errors.Join(
		same("environment of the receipt", s.Environment, receipt.Sandbox),
		same("issuer of the receipt", s.Issuer, harness.Issuer),
		same("confirmation of the receipt", s.ConfirmationID, answer.ID),
		same("todo of the receipt", s.TodoID, answer.TodoID),
		same("revision of the receipt", s.Revision, answer.Revision),
		same("digest of the receipt", string(s.ContentDigest), answer.ContentDigest),
		same("decision of the receipt", string(s.Decision), answer.Decision),
		same("portrait in the receipt", s.Portrait != receipt.None, wantPortrait),
		same("handwriting in the receipt", s.Handwriting != receipt.None, answer.Decision == "confirmed"),
	)
}

// findsRecord finds the answer among the person's own.
func (v *visit) findsRecord(ctx context.Context, answer Confirmation) error {
	records, err := v.client.confirmations(ctx)
	if err == nil && !slices.Contains(records, answer) {
		err = fmt.Errorf("the answer is not among the %d records", len(records))
	}
	return v.did("finds it among the own records", err)
}

// reachesRegistry waits until the registry has the answer, and for a
// confirmation the evidence that it commits to.
func (v *visit) reachesRegistry(ctx context.Context, answer Confirmation) error {
	event, err := v.far.arrived(ctx, v.caseID, func(e harness.EventReport) bool {
		return e.ConfirmationID == answer.ID && e.Type != reported && (e.Type == "todo.refused" || e.Evidence != harness.EvidenceMissing)
	})
	if err == nil && event.Type == "todo.confirmed" {
		err = same("evidence at the registry", event.Evidence, harness.EvidenceGood)
	}
	if err == nil {
		err = errors.Join(
			same("type of the event", event.Type, "todo."+answer.Decision),
			same("todo of the event", event.TodoID, answer.TodoID),
			v.onlyAnswer(ctx, answer.TodoID),
		)
	}
	return v.did("the registry has received the answer", err)
}

// reported is the event by which a registry learns that a case is not the person's.
const reported = "impersonation.reported"

// isReported waits until the registry has learned that the case is not the person's.
func (v *visit) isReported(ctx context.Context, answer Confirmation) error {
	event, err := v.far.arrived(ctx, v.caseID, func(e harness.EventReport) bool {
		return e.ConfirmationID == answer.ID && e.Type == reported
	})
	if err == nil {
		err = same("todo of the report", event.TodoID, answer.TodoID)
	}
	return v.did("the registry has received the report", err)
}

// onlyAnswer checks that the registry has exactly one answer to a todo.
func (v *visit) onlyAnswer(ctx context.Context, todoID string) error {
	report, err := v.far.report(ctx, v.caseID)
	answers := 0
	for _, event := range report.Events {
		if event.TodoID == todoID && event.ConfirmationID != "" && event.Type != reported {
			answers++
		}
	}
	return errors.Join(err, same("answers at the registry", answers, 1))
}
