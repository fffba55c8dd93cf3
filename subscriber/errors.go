package subscriber

import (
	"errors"
	"time"
)

// Errors of the rules.
var (
	// ErrCodeGone reports that there is no such code for the purpose and number, or that it is used, void, replaced or expired.
	ErrCodeGone = errors.New("no such one-time code")
	// ErrAgreement reports that the agreement is not the one in force.
	ErrAgreement = errors.New("not the agreement in force")
	// ErrRegistered reports that the phone number is a subscriber's.
	ErrRegistered = errors.New("the phone number is registered")
	// ErrNotRegistered reports that the phone number is no subscriber's.
	ErrNotRegistered = errors.New("the phone number is not registered")
	// ErrNotSent is a kind of the errors of a Sender: the message was certainly not sent.
	ErrNotSent = errors.New("the message was not sent")
	// ErrUnreachable is a kind of the errors of a Sender, next to ErrNotSent: the number cannot get messages.
	ErrUnreachable = errors.New("the number cannot get messages")
)

// LaterError reports that no code can be sent to the number, or for the client's network, before a later time.
type LaterError struct{ At time.Time }

// Error returns the rule.
func (e *LaterError) Error() string { return "no code may be sent before a later time" }

// WrongCodeError reports a wrong code.
type WrongCodeError struct{ Left int } // how many more may be wrong; 0 = the code is void

// Error returns the rule.
func (e *WrongCodeError) Error() string { return "the one-time code is wrong" }
