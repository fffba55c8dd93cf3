package journey

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Kinds of checks.
const (
	faceCheck = "face"
	cardCheck = "bank_card"
)

// outcome is how an attempt is documented to end.
type outcome struct {
	state   string
	failure string // "" with a pass
	counted bool
}

func passes() outcome { return outcome{state: "passed"} }

// showing is how a face is shown.
type showing struct {
	openID string // whose phone
	action string
	result string // what Alipay tells the mini-program
}

func (v *visit) shows(action, result string) showing {
	return showing{openID: v.person.OpenID, action: action, result: result}
}

// Results that Alipay gives the mini-program.
const (
	done      = "9000"
	notPassed = "4000"
	cancelled = "6001"
)

// face shows the person's own face and expects this outcome.
func (v *visit) face(ctx context.Context, on Verification, want outcome) (Verification, error) {
	result := done
	if want.state != passes().state {
		result = notPassed
	}
	return v.faceOf(ctx, on, v.shows(ownFace, result), want)
}

// faceOf begins a face check, shows a face and asks for the result until there
// is one.
func (v *visit) faceOf(ctx context.Context, on Verification, how showing, want outcome) (Verification, error) {
	what := "face: " + want.words()
	started, err := v.beginFace(ctx, on)
	if err != nil {
		return on, v.did(what, err)
	}
	shown, err := v.far.showFace(ctx, *started.Call, how.openID, how.action)
	if err == nil {
		err = same("what Alipay tells the mini-program", shown.ResultStatus, how.result)
	}
	if err != nil {
		return on, v.did(what, err)
	}
	got, err := v.awaitFace(ctx, on.ID, started.AttemptID)
	if err == nil {
		err = want.fits(on, got)
	}
	return got.Verification, v.did(what, err)
}

// beginFace reserves a try and gets the call that shows the camera.
func (v *visit) beginFace(ctx context.Context, on Verification) (Attempt, error) {
	started, err := v.client.startFace(ctx, on.ID)
	switch {
	case err != nil:
		return started, err
	case started.Call == nil:
		return started, errors.New("the attempt has no call")
	case started.Call.Kind != "my.startAPVerify" || started.Call.CertifyID == "":
		return started, differ("kind of the call", started.Call.Kind, "my.startAPVerify")
	}
	return started, same("state of the attempt", started.State, "open")
}

const (
	resultTime = 2 * time.Minute
	resultAsk  = 300 * time.Millisecond
)

// awaitFace asks for the result until there is one.
func (v *visit) awaitFace(ctx context.Context, id, attemptID string) (Attempt, error) {
	ctx, cancel := context.WithTimeout(ctx, resultTime)
	defer cancel()
	for {
		got, again, err := v.client.faceResult(ctx, id, attemptID)
		if err != nil || !again {
			return got, err
		}
		if wait(ctx, resultAsk) != nil {
			return got, errors.New("the face check got no result")
		}
	}
}

// card offers a bank card and expects this outcome. A query that the server was
// killed in is under way for a while.
func (v *visit) card(ctx context.Context, on Verification, card string, want outcome) (Verification, error) {
	ctx, cancel := context.WithTimeout(ctx, max(v.client.patience, callTime))
	defer cancel()
	for {
		got, err := v.client.bankCard(ctx, on.ID, cardRequest{Card: card, Phone: v.person.Phone})
		if isProblem(err, "check_running") && wait(ctx, resultAsk) == nil {
			continue
		}
		if err == nil {
			err = want.fits(on, got)
		}
		if err == nil {
			err = same("last digits of the card", got.CardLast4, card[len(card)-4:])
		}
		return got.Verification, v.did("bank card: "+want.words(), err)
	}
}

func (o outcome) words() string {
	if o.failure == "" {
		return o.state
	}
	return o.failure
}

// fits holds an attempt against the documentation: state, failure and its
// remedies, and the tries that it used up.
func (o outcome) fits(before Verification, got Attempt) error {
	code := ""
	if got.Failure != nil {
		code = got.Failure.Code
	}
	problems := []error{
		same("state", got.State, o.state), same("failure", code, o.failure), same("counted", got.Counted, o.counted),
		wellFormed(got.Failure),
	}
	if o.failure != "" {
		problems = append(problems, o.triesFit(before, got.Verification))
	}
	return errors.Join(problems...)
}

// triesFit wants exactly the counted tries to be used up.
func (o outcome) triesFit(before, after Verification) error {
	if before.Tries == nil || after.Tries == nil {
		return errors.New("the tries left are not told")
	}
	want := before.Tries.Left
	if o.counted {
		want--
	}
	if want > 0 && (after.Next == nil || before.Next == nil || after.Next.Check != before.Next.Check) {
		return errors.New("with tries left the same check is not the next step")
	}
	if want == 0 && after.Tries.NextAt == nil {
		return errors.New("without tries left the time of the next is not told")
	}
	return same("tries left", after.Tries.Left, want)
}

// wellFormed wants every failure to have its texts, and remedies that end with
// the window and technical support.
func wellFormed(f *Failure) error {
	if f == nil {
		return nil
	}
	if f.Prompt == "" || f.Cause == "" || f.Kind == "" || len(f.Remedies) < 2 {
		return fmt.Errorf("failure %s is incomplete", f.Code)
	}
	for _, remedy := range f.Remedies {
		if remedy.Text == "" {
			return fmt.Errorf("remedy %s of failure %s has no text", remedy.Kind, f.Code)
		}
	}
	last := f.Remedies[len(f.Remedies)-2:]
	if last[0].Kind != "service_window" || last[1].Kind != "technical_support" {
		return fmt.Errorf("the remedies of failure %s do not end with window and support", f.Code)
	}
	return nil
}

// remedied wants a failure to begin with these remedies.
func remedied(f *Failure, first ...string) error {
	if f == nil {
		return errors.New("no failure is told")
	}
	if err := wellFormed(f); err != nil {
		return err
	}
	got := make([]string, 0, len(f.Remedies))
	for _, remedy := range f.Remedies[:len(f.Remedies)-2] {
		got = append(got, remedy.Kind)
	}
	return same("remedies of "+f.Code, fmt.Sprint(got), fmt.Sprint(first))
}
