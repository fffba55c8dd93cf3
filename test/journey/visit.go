package journey

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/people"
)

// visit is the use of the mini-program by one person, from opening it to logging out.
type visit struct {
	client *Client
	far    *sandbox
	role   people.Role
	person people.Person
	now    func() time.Time
	say    func(what string) // reports a step that went as documented

	caseID string                 // that the registry pushed for this visit
	pushed registrytest.Case      // as pushed
	state  registrytest.CaseState // as the server answered

	acknowledged func(Confirmation)    // called for each answer that the server acknowledged
	beforeFace   func(context.Context) // waits between the start of a face check and the camera

	signed func(context.Context, *Client, people.Person, Signed) // see Options.Signed
}

// called returns the name of the person, with channel and document unless they are
// the usual ones.
func (v *visit) called() string {
	if v.role.Channel == people.Alipay && v.role.Form == people.ResidentID {
		return v.person.Name
	}
	return fmt.Sprintf("%s (%s, %s)", v.person.Name, v.role.Channel, v.role.Form)
}

// did reports a step, or returns an error that names the step which differs from the
// documentation.
func (v *visit) did(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	v.say(what)
	return nil
}

// steps plays steps until the first one that differs.
func steps(all ...func() error) error {
	for _, step := range all {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// differ returns the error for something that is not as documented. Its arguments are
// states, codes and counts, never personal data.
func differ[T any](what string, got, want T) error {
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}

func same[T comparable](what string, got, want T) error {
	if got != want {
		return differ(what, got, want)
	}
	return nil
}

const codeTries = 5 // a server that is killed may have used the person's code

// enter opens the mini-program: it gets a code from the channel and a session from
// the server.
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

// channel returns the channel of the session.
func (v *visit) channel() string {
	if v.client.browser {
		return "web"
	}
	return string(v.role.Channel)
}

// authorize asks the channel for name and number and returns the result.
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
		err = errors.New("the prefilled document is not the account owner's, masked")
	}
	return v.did("has name and number filled in", err)
}

// getsNoPrefill checks the reason why nothing is prefilled.
func (v *visit) getsNoPrefill(ctx context.Context, reason string) error {
	got, err := v.authorize(ctx)
	switch {
	case err != nil:
	case got.Document != nil || got.Absent == nil:
		err = errors.New("got a document, want none")
	default:
		err = same("reason of no prefill", *got.Absent, Absent{Reason: reason, Kind: "type_by_hand"})
	}
	return v.did("types by hand ("+reason+")", err)
}

// consents reads and accepts every notice of a purpose.
func (v *visit) consents(ctx context.Context, purpose string) error {
	notices, err := v.client.notices(ctx, noticeQuery{v.channel(), string(v.person.Type()), purpose})
	if err != nil {
		return v.did("reads the notices", err)
	}
	accepted, err := v.client.accept(ctx, notices)
	if err == nil {
		err = same("consents", len(accepted), len(notices))
	}
	return v.did(fmt.Sprintf("reads and accepts %d notices", len(notices)), err)
}

// typed returns the person's document as typed by hand.
func (v *visit) typed() startRequest {
	return startRequest{Purpose: access, Document: typedOf(v.person)}
}

func typedOf(p people.Person) *document {
	return &document{
		Type: string(p.Type()), Number: p.Typed, Name: p.Name, ValidFrom: p.ValidFrom, ValidUntil: p.ValidUntil,
	}
}

// Values of requests.
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
		return errors.New("the face is not the first check")
	}
	if got.Document.NumberMasked != maskedOf(p).NumberMasked {
		return errors.New("the document is not the person's, masked")
	}
	return same("state", got.State, "open")
}

// leaves logs out and checks that the token is invalid then.
func (v *visit) leaves(ctx context.Context) error {
	err := v.client.closeSession(ctx)
	if err == nil {
		_, err = v.client.session(ctx)
		_, err = wantProblem(err, "session_required")
	}
	return v.did("logs out", err)
}
