package journey

import (
	"context"
	"fmt"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/people"
)

// visit is one person at the mini-program, from opening it to logging out.
type visit struct {
	client *Client
	far    *sandbox
	role   people.Role
	person people.Person
	now    func() time.Time
	say    func(what string) // tells a step that went as documented

	caseID string                 // that the registry pushed for this visit
	pushed registrytest.Case      // as pushed
	state  registrytest.CaseState // as the server answered

	acknowledged func(Confirmation)    // is told of each answer that the server acknowledged
	beforeFace   func(context.Context) // waits between the start of a face check and the camera
}

// called names the person, with channel and document where they are not the
// usual ones.
func (v *visit) called() string {
	if v.role.Channel == people.Alipay && v.role.Form == people.ResidentID {
		return v.person.Name
	}
	return fmt.Sprintf("%s (%s, %s)", v.person.Name, v.role.Channel, v.role.Form)
}

// did tells a step, or says at which step the story left the documentation.
func (v *visit) did(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	v.say(what)
	return nil
}

// steps plays steps until the first that goes otherwise.
func steps(all ...func() error) error {
	for _, step := range all {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// differ says that something is not as documented. It prints states, codes and
// counts; no caller hands it anything of a person.
func differ[T any](what string, got, want T) error {
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}

func same[T comparable](what string, got, want T) error {
	if got != want {
		return differ(what, got, want)
	}
	return nil
}

const codeTries = 5 // a server that is killed may have spent the person's code

// enter opens the mini-program: a code from the channel, a session from the server.
func (v *visit) enter(ctx context.Context) error {
	var session Session
	var err error
	for range codeTries {
		var code string
		if code, err = v.far.loginCode(ctx, v.role.Channel, v.person.OpenID); err != nil {
			return v.did("opens the mini-program", err)
		}
		session, err = v.client.openSession(ctx, openRequest{string(v.role.Channel), code, device{"android", "14.0"}})
		if !isProblem(err, "auth_code_invalid") {
			break
		}
	}
	if err == nil && (session.Access != nil || session.Verification != nil || session.Channel != string(v.role.Channel)) {
		err = fmt.Errorf("a new session of channel %q knows more than its account", session.Channel)
	}
	return v.did("opens the mini-program", err)
}

// authorize asks the channel for name and number and tells what came of it.
func (v *visit) authorize(ctx context.Context) (Prefill, error) {
	code, err := v.far.identityCode(ctx, v.role.Channel, v.person.OpenID)
	if err != nil {
		return Prefill{}, err
	}
	return v.client.prefill(ctx, code)
}

// getsPrefill has the owner's document filled in, masked.
func (v *visit) getsPrefill(ctx context.Context, owner people.Person) error {
	got, err := v.authorize(ctx)
	if err == nil && (got.Document == nil || *got.Document != maskedOf(owner)) {
		err = fmt.Errorf("the prefilled document is not the account owner's, masked")
	}
	return v.did("has name and number filled in", err)
}

// getsNoPrefill is told why there is nothing to fill in.
func (v *visit) getsNoPrefill(ctx context.Context, reason string) error {
	got, err := v.authorize(ctx)
	switch {
	case err != nil:
	case got.Document != nil || got.Absent == nil:
		err = fmt.Errorf("got a document, want none")
	default:
		err = same("reason of no prefill", *got.Absent, Absent{Reason: reason, Kind: "type_by_hand"})
	}
	return v.did("types by hand ("+reason+")", err)
}

// consents reads and ticks every notice of a purpose.
func (v *visit) consents(ctx context.Context, purpose string) error {
	notices, err := v.client.notices(ctx, noticeQuery{string(v.role.Channel), string(v.person.Type()), purpose})
	if err != nil {
		return v.did("reads the notices", err)
	}
	accepted, err := v.client.accept(ctx, notices)
	if err == nil {
		err = same("consents", len(accepted), len(notices))
	}
	return v.did(fmt.Sprintf("reads and accepts %d notices", len(notices)), err)
}

// typed is the person's document as typed by hand.
func (v *visit) typed() startRequest {
	p := v.person
	return startRequest{Purpose: access, Document: &document{
		Type: string(p.Type()), Number: p.Typed, Name: p.Name, ValidFrom: p.ValidFrom, ValidUntil: p.ValidUntil,
	}}
}

// What goes into requests.
const (
	access  = "access"
	confirm = "confirm"
)

func usePrefill() startRequest { return startRequest{Purpose: access, UsePrefill: true} }

// begins starts a verification for access and expects the face to come first.
func (v *visit) begins(ctx context.Context, r startRequest) (Verification, error) {
	started, err := v.client.start(ctx, r)
	if err == nil {
		err = checkStarted(started, v.person)
	}
	return started, v.did("begins the identity check", err)
}

func checkStarted(got Verification, p people.Person) error {
	if got.Next == nil || got.Next.Check != faceCheck || len(got.Checks) == 0 || got.Checks[0].Check != faceCheck {
		return fmt.Errorf("the face is not the first check")
	}
	if got.Document.NumberMasked != maskedOf(p).NumberMasked {
		return fmt.Errorf("the document is not the person's, masked")
	}
	return same("state", got.State, "open")
}

// leaves logs out; the token is worth nothing afterwards.
func (v *visit) leaves(ctx context.Context) error {
	err := v.client.closeSession(ctx)
	if err == nil {
		_, err = v.client.session(ctx)
		_, err = wantProblem(err, "session_required")
	}
	return v.did("logs out", err)
}
