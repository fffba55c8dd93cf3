package journey

import (
	"context"
	"errors"
	"slices"
	"strings"

	"renzheng/test/harness"
)

// ownerDiffers types another identity than that of the account's owner.
func ownerDiffers(ctx context.Context, v *visit) error {
	return steps(
		func() error { return v.enter(ctx) },
		func() error { return v.getsPrefill(ctx, v.person.Owner(v.now())) },
		func() error { return v.consents(ctx, access) },
		func() error {
			return v.isRejected(ctx, "account_owner_differs", "check_input", "use_own_account")
		},
		func() error { return v.leaves(ctx) },
	)
}

// isRejected types the document and is rejected before a provider is called.
func (v *visit) isRejected(ctx context.Context, code string, remedies ...string) error {
	_, err := v.client.start(ctx, v.typed())
	p, err := wantProblem(err, code)
	if err == nil {
		err = errors.Join(same("failure", p.failureCode(), code), remedied(p.Failure, remedies...))
	}
	return v.did("is rejected: "+code, err)
}

func (p *ProblemError) failureCode() string {
	if p.Failure == nil {
		return ""
	}
	return p.Failure.Code
}

// dottedName types one of the look-alikes of the dot.
func dottedName(ctx context.Context, v *visit) error {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.getsPrefill(ctx, v.person) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return err
	}
	typed := v.typed()
	typed.Document.Name = strings.ReplaceAll(v.person.Name, "·", " • ")
	on, err := v.begins(ctx, typed)
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// declines answers with no, which is final.
func declines(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if err = steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.seesTodos(ctx, "open") },
	); err != nil {
		return err
	}
	for _, signer := range v.mine() {
		answer, err := v.declines(ctx, signer, "not_mine")
		if err != nil {
			return err
		}
		if err := v.cannotAnswerAgain(ctx, answer); err != nil {
			return err
		}
		if err := v.isReported(ctx, answer); err != nil {
			return err
		}
	}
	return steps(
		func() error { return v.seesTodos(ctx, "refused") },
		func() error { return v.leaves(ctx) },
	)
}

func (v *visit) cannotAnswerAgain(ctx context.Context, answer Confirmation) error {
	_, err := v.client.decline(ctx, answer.TodoID, declineRequest{
		Revision: answer.Revision, ContentDigest: answer.ContentDigest, Reason: "other",
	})
	p, err := wantProblem(err, "todo_already_answered")
	if err == nil {
		err = same("answer that stands", p.Confirmation, answer.Links.Self)
	}
	return v.did("cannot answer twice", err)
}

// caseNameDiffers sees that a case exists, but not its content.
func caseNameDiffers(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.seesOtherName(ctx) },
		func() error { return v.registryLearnsOfName(ctx) },
		func() error { return v.leaves(ctx) },
	)
}

func (v *visit) seesOtherName(ctx context.Context) error {
	rows, err := v.client.todos(ctx)
	bare := func(r Row) bool {
		return r == Row{Kind: "name_differs", RegistryName: harness.RegistryName, Hint: r.Hint} && r.Hint != ""
	}
	if err == nil && (len(rows) == 0 || !slices.ContainsFunc(rows, bare) || slices.ContainsFunc(rows, func(r Row) bool { return !bare(r) })) {
		err = errors.New("the list shows more or less than that there is another name")
	}
	for _, signer := range v.mine() {
		if err == nil {
			_, err = v.client.todo(ctx, signer.TodoID)
			_, err = wantProblem(err, "name_differs")
		}
	}
	return v.did("sees only that the case has another name", err)
}

func (v *visit) registryLearnsOfName(ctx context.Context) error {
	_, err := v.far.arrived(ctx, v.caseID, func(e harness.EventReport) bool { return e.Type == "signer.name_mismatch" })
	return v.did("the registry learns of it", err)
}

// minor is sent to the window with a guardian.
func minor(ctx context.Context, v *visit) error {
	return steps(
		func() error { return v.enter(ctx) },
		func() error { return v.getsNoPrefill(ctx, "not_provided") },
		func() error { return v.consents(ctx, access) },
		func() error { return v.isRejected(ctx, "guardian_required") },
		func() error { return v.leaves(ctx) },
	)
}

// child is under 14, so that not even the prefill is kept.
func child(ctx context.Context, v *visit) error {
	return steps(
		func() error { return v.enter(ctx) },
		func() error { return v.getsNoPrefill(ctx, "not_old_enough") },
		func() error { return v.isRejected(ctx, "guardian_required") },
		func() error { return v.leaves(ctx) },
	)
}
