package journey

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// registers registers with a phone in a browser and sees the to-dos after the checks at the authority's gateway.
func registers(ctx context.Context, v *visit) error {
	v.client.browser = true
	if err := v.isPushed(ctx); err != nil {
		return err
	}
	sent, err := v.asksForCode(ctx, "register")
	if err == nil {
		err = same("phone", sent.PhoneMasked, v.person.Phone[:3]+"****"+v.person.Phone[7:])
	}
	if err = v.did("asks for a code", err); err != nil {
		return err
	}
	return steps(
		func() error { return v.waitsForNextCode(ctx, sent) },
		func() error { return v.entersCodes(ctx, sent) },
		func() error { return v.seesNothingYet(ctx) },
		func() error { return v.consents(ctx, access) },
		func() error { return v.passesAndConfirms(ctx) },
	)
}

// passesAndConfirms passes the checks of a typed document, and confirms.
func (v *visit) passesAndConfirms(ctx context.Context) error {
	on, err := v.begins(ctx, v.typed())
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// asksForCode asks for a code. If a server that was killed had sent one, it waits for the next.
func (v *visit) asksForCode(ctx context.Context, purpose string) (sentCode, error) {
	sent, err := v.client.sendCode(ctx, purpose, v.person.Phone)
	if p, failed := wantProblem(err, "codes_exhausted"); failed == nil && p.NextAt != nil {
		if err = wait(ctx, time.Until(*p.NextAt)+time.Second); err == nil {
			sent, err = v.client.sendCode(ctx, purpose, v.person.Phone)
		}
	}
	return sent, err
}

// signsIn signs in with a code of its own.
func (v *visit) signsIn(ctx context.Context) (Session, error) {
	sent, err := v.asksForCode(ctx, "sign_in")
	if err != nil {
		return Session{}, err
	}
	code, err := v.far.codeFor(ctx, v.person.Phone)
	if err != nil {
		return Session{}, err
	}
	return v.client.signIn(ctx, sent.ID, code, v.person.Phone)
}

// waitsForNextCode asks for another code too early, and is told when it is possible.
func (v *visit) waitsForNextCode(ctx context.Context, sent sentCode) error {
	_, err := v.client.sendCode(ctx, "register", v.person.Phone)
	p, err := wantProblem(err, "codes_exhausted")
	if err == nil && (p.NextAt == nil || !p.NextAt.Equal(sent.NextAt)) {
		err = errors.New("the time of the next code is not told")
	}
	return v.did("is told when the next code is possible", err)
}

// entersCodes accepts the agreement, mistypes the code, and then enters the one in the message.
func (v *visit) entersCodes(ctx context.Context, sent sentCode) error {
	code, err := v.far.codeFor(ctx, v.person.Phone)
	if err != nil {
		return v.did("reads the message", err)
	}
	notices, err := v.client.notices(ctx, noticeQuery{"web", string(v.person.Type()), "register"})
	if err == nil {
		err = same("agreements", len(notices), 1)
	}
	if err = v.did("reads the message and the agreement", err); err != nil {
		return err
	}
	form := registration{
		CodeID: sent.ID, Code: mistyped(code), Phone: v.person.Phone, Nickname: "小邓", Agreement: shownNotice{notices[0].ID, notices[0].Version, notices[0].Hash},
	}
	_, err = v.client.register(ctx, form)
	p, err := wantProblem(err, "code_wrong")
	if err == nil && (p.TriesLeft == nil || *p.TriesLeft != 4) {
		err = errors.New("the tries that are left are not told")
	}
	if err = v.did("mistypes the code", err); err != nil {
		return err
	}
	form.Code = code
	session, err := v.client.register(ctx, form)
	if isProblem(err, "code_gone") { // a server that was killed had registered the person
		session, err = v.signsIn(ctx)
	}
	if err == nil {
		err = same("channel", session.Channel, "web")
	}
	if err = v.did("registers, and is signed in", err); err != nil {
		return err
	}
	_, err = v.client.register(ctx, form)
	_, err = wantProblem(err, "code_gone")
	return v.did("cannot use the code again", err)
}

func mistyped(code string) string { return fmt.Sprintf("%s%d", code[:5], (code[5]-'0'+1)%10) }
