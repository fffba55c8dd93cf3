package problem

import (
	"errors"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// CodeOf returns the code of an error of the rules that carries nothing but its
// kind. ok is false for all other errors.
func CodeOf(err error) (code string, ok bool) {
	for _, known := range sentinels() {
		if errors.Is(err, known.err) {
			return known.code, true
		}
	}
	return "", false
}

type sentinel struct {
	err  error
	code string
}

func sentinels() []sentinel {
	return []sentinel{
		{session.ErrChannelOff, ChannelOff},
		{session.ErrClientUnsupported, Client},
		{session.ErrCodeInvalid, AuthCode},
		{session.ErrAccountBarred, string(failure.RiskRefused)},
		{session.ErrUnavailable, Unavailable},
		{session.ErrTooMany, TooMany},
		{session.ErrKeyReused, KeyReused},
		{session.ErrStillRunning, KeyRunning},
		{session.ErrNotFound, NotFound},
		{verification.ErrNotFound, NotFound},
		{verification.ErrNoticeStale, NoticeStale},
		{verification.ErrRequest, RequestUnfit},
		{verification.ErrNoGrant, AccessRequired},
		{verification.ErrNotServed, NotShown},
		{verification.ErrConsent, ConsentRequired},
		{verification.ErrConflict, StateChanged},
		{todo.ErrNotFound, NotFound},
		{todo.ErrNoAccess, AccessRequired},
		{todo.ErrNoNotifications, NoNotifications},
		{todo.ErrTooMany, TooMany},
		{todo.ErrKeyReused, KeyReused},
		{todo.ErrStrokesReused, todo.CodeStrokesReused},
		{todo.ErrAnswered, StateChanged},
		{todo.ErrConflict, StateChanged},
		{support.ErrNotFound, NotFound},
		{rights.ErrNotFound, NotFound},
		{appeal.ErrNotFound, NotFound},
		{appeal.ErrNoAppeal, NoAppeal},
		{appeal.ErrNoFailure, NotFound}, // whether there is such a verification is nobody else's to know,
		{appeal.ErrNotOpen, AppealClosed},
		{appeal.ErrBounds, AppealFull},
		{appeal.ErrChecking, Unavailable}, // the same call returns the result soon
		{appeal.ErrIncomplete, AppealIncomplete},
		{appointment.ErrNotFound, NotFound},
		{appointment.ErrReason, NotFound}, // whether there is such an appeal is nobody else's to know
		{appointment.ErrNoSlot, SlotUnknown},
		{appointment.ErrFull, SlotFull},
		{appointment.ErrOpen, AppointmentOpen},
		{appointment.ErrState, AppointmentClosed},
		{appointment.ErrClosed, OfficeClosed},
		{appointment.ErrCrowded, QueueCrowded},
		{subscriber.ErrCodeGone, CodeGone},
		{subscriber.ErrAgreement, NoticeStale},
		{subscriber.ErrRegistered, PhoneRegistered},
		{subscriber.ErrNotRegistered, PhoneNotRegistered},
		{subscriber.ErrUnreachable, PhoneUnreachable},
		{subscriber.ErrNotSent, CodeNotSent},
		{rights.ErrNoAccess, AccessRequired},
		{rights.ErrNotFrozen, NotFrozen},
		{rights.ErrNotLifting, NotLifting},
		{support.ErrPushRejected, PushRefused},
		{support.ErrBusy, Unavailable},
		{support.ErrSlow, Unavailable},
	}
}
