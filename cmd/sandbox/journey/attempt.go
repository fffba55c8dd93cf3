package journey

import (
	"context"
	"errors"
	"time"
)

// Kinds of checks.
const (
	faceCheck = "face"
	cardCheck = "bank_card"
)

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
