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

// showing describes how a face is shown.
type showing struct {
	openID string // whose phone
	action string
	result string // what the third party returns to the mini-program, if anything
	want   outcome
}

func (v *visit) shows(action, result string) showing {
	return showing{openID: v.person.OpenID, action: action, result: result}
}

// face shows the person's own face and expects an outcome.
func (v *visit) face(ctx context.Context, on Verification, want outcome) (Verification, error) {
	result := done
	if want.state != passes().state {
		result = notPassed
	}
	return v.faceOf(ctx, on, v.shows(ownFace, result), want)
}

// faceOf begins a face check, shows a face and polls for the result.
func (v *visit) faceOf(ctx context.Context, on Verification, how showing, want outcome) (Verification, error) {
	how.want = want
	started, err := v.beginFace(ctx, on)
	if err != nil {
		return on, v.did("face: "+want.words(), err)
	}
	v.beforeFace(ctx)
	return v.finishFace(ctx, on, started, how)
}

// finishFace shows a face for a check that was begun, and polls for the result.
func (v *visit) finishFace(ctx context.Context, on Verification, started Attempt, how showing) (Verification, error) {
	what := "face: " + how.want.words()
	phone := how.openID
	if v.client.browser {
		phone = accountOfPage
	}
	shown, err := v.far.showFace(ctx, *started.Call, phone, how.action)
	if err == nil && shown != silence {
		err = same("what the mini-program is told", shown, how.result)
	}
	if err != nil {
		return on, v.did(what, err)
	}
	got, err := v.awaitFace(ctx, on.ID, started.AttemptID)
	if err == nil {
		err = how.want.fits(on, got)
	}
	return got.Verification, v.did(what, err)
}

// beginFace reserves a try and returns the call that opens the camera.
func (v *visit) beginFace(ctx context.Context, on Verification) (Attempt, error) {
	started, err := v.client.startFace(ctx, on.ID)
	switch {
	case err != nil:
		return started, err
	case started.Call == nil:
		return started, errors.New("the attempt has no call")
	case started.Call.CertifyID == "":
		return started, errors.New("the call names no check")
	}
	return started, errors.Join(same("kind of the call", started.Call.Kind, v.callKind()), same("state of the attempt", started.State, "open"))
}

// callKind returns the kind of call that the provider of the face check needs.
func (v *visit) callKind() string {
	if v.client.browser {
		return "page"
	}
	return map[string]string{
		"alipay": "my.startAPVerify", "wechat": "wx.requestFacialVerify", "agency": "page",
	}[v.role.Provider()]
}

const (
	resultTime = 2 * time.Minute
	resultAsk  = 300 * time.Millisecond
)

// awaitFace polls for the result.
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

// card submits a bank card and expects an outcome. A query during which the server
// was killed stays open for a while.
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
