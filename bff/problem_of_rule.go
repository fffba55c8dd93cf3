package bff

import (
	"context"
	"errors"
	"time"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/material"
	"renzheng/rights"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// The methods in this file return the documents of the errors that carry more than
// their kind, and nil for all other errors.

func (p problems) ofState(c *call, err error) *problem.Document {
	var state *verification.StateError
	if !errors.As(err, &state) {
		return nil
	}
	document := p.document(c, state.Code)
	document.State = string(state.State)
	return document
}

func (p problems) ofConsent(c *call, err error) *problem.Document {
	var consent *verification.ConsentError
	if !errors.As(err, &consent) {
		return nil
	}
	document := p.document(c, problem.ConsentRequired)
	document.Notices = noticeRefs(p.verifications, consent.Missing, c.language)
	return document
}

// ofFailure handles what the catalogue of failures explains.
func (p problems) ofFailure(c *call, err error) *problem.Document {
	var rejected *verification.RejectedError
	var exhausted *verification.ExhaustedError
	switch {
	case errors.As(err, &rejected):
		document, circumstances := p.document(c, string(rejected.Code)), c.circumstances(rejected.Until)
		circumstances.note = rejected.Note
		document.Failure = explain(p.verifications, rejected.Code, circumstances)
		return document
	case errors.As(err, &exhausted):
		code, next := exhausted.Failure(), exhausted.NextAt
		if exhausted.Quota.Hidden {
			next = time.Time{}
		}
		document := p.document(c, string(code))
		document.NextAt, document.Failure = when(next), explain(p.verifications, code, c.circumstances(next))
		return document
	}
	return nil
}

func (p problems) ofAnswer(c *call, err error) *problem.Document {
	var rejected *todo.RejectedError
	if !errors.As(err, &rejected) {
		return nil
	}
	document := p.document(c, rejected.Code)
	if rejected.Confirmation != nil && c.mayRead(*rejected.Confirmation) {
		document.Confirmation = "/v1/confirmations/" + rejected.Confirmation.ID
	}
	if rejected.Code == todo.CodeEvidenceErased {
		document.Receipt = rejected.Confirmation.Receipt
	}
	if rejected.Rule != "" {
		document.Errors = []problem.InvalidValue{{Pointer: "/strokes", Rule: rejected.Rule}}
	}
	for _, v := range rejected.Violations {
		document.Errors = append(document.Errors, problem.InvalidValue{Pointer: v.Pointer, Rule: v.Rule})
	}
	return document
}

func (p problems) ofRequest(c *call, err error) *problem.Document {
	if rejected, ok := errors.AsType[*todo.RequestError](err); ok {
		return p.ofSignature(c, rejected)
	}
	return p.ofRejection(c, invalidAt("", err))
}

// ofSignature tells a registry which rule its request breaks. It contains what should
// have been signed only in a sandbox.
func (p problems) ofSignature(c *call, rejected *todo.RequestError) *problem.Document {
	document := p.document(c, rejected.Code)
	c.keyID, c.rule = rejected.KeyID, rejected.Rule
	if rejected.Rule != "" {
		document.Errors = []problem.InvalidValue{{Rule: rejected.Rule}}
	}
	if p.sandbox {
		document.SignatureBase = rejected.Base
	}
	return document
}

// invalidAt replaces an error about a rule of identity by one about the member of
// the same name in the object at a place of the request.
func invalidAt(place string, err error) error {
	var broken identity.FieldError
	if !errors.As(err, &broken) {
		return err
	}
	return problem.Invalid(problem.InvalidValue{Pointer: place + "/" + broken.Field, Rule: broken.Rule})
}

// ofSupport also logs why support is not available. Its errors contain nothing
// personal, and the operator needs them.
func (p problems) ofSupport(c *call, err error) *problem.Document {
	code, ok := problem.CodeOf(err)
	if !ok || !errors.Is(err, support.ErrPushRejected) && !errors.Is(err, support.ErrBusy) && !errors.Is(err, support.ErrSlow) {
		return nil
	}
	c.cause = err
	return p.document(c, code)
}

// ofLater handles a limit of an account whose end is known.
func (p problems) ofLater(c *call, err error) *problem.Document {
	var at time.Time
	if later, ok := errors.AsType[*rights.LaterError](err); ok {
		at = later.At
	} else if later, ok := errors.AsType[*appeal.LaterError](err); ok {
		at = later.At
	} else if later, ok := errors.AsType[*appointment.LaterError](err); ok {
		at = later.At
	} else if paused, ok := errors.AsType[*appointment.PausedError](err); ok {
		document := p.document(c, problem.AppointmentsPaused)
		document.NextAt = when(paused.Until)
		return document
	} else {
		return nil
	}
	document := p.document(c, problem.TooMany)
	document.RetryAfter = retryAfter(at.Sub(c.started))
	return document
}

// ofCode handles wrong one-time codes, and codes that cannot be sent now. The cause of a message that was not sent goes to the log,
// because the operator needs it. It names nobody.
func (p problems) ofCode(c *call, err error) *problem.Document {
	if later, ok := errors.AsType[*subscriber.LaterError](err); ok {
		document := p.document(c, problem.CodesExhausted)
		document.NextAt = when(later.At)
		return document
	}
	if wrong, ok := errors.AsType[*subscriber.WrongCodeError](err); ok {
		document := p.document(c, problem.CodeWrong)
		document.TriesLeft = &wrong.Left
		return document
	}
	if errors.Is(err, subscriber.ErrNotSent) && !errors.Is(err, subscriber.ErrUnreachable) {
		c.cause = err
		return p.document(c, problem.CodeNotSent)
	}
	return nil
}

// ofMaterial handles what is wrong with a file before all of it has arrived.
func (p problems) ofMaterial(c *call, err error) *problem.Document {
	var value problem.InvalidValue
	switch {
	case material.ReasonOf(err) != "":
		value = problem.InvalidValue{Pointer: "/bytes", Rule: string(material.ReasonOf(err))}
	case errors.Is(err, appeal.ErrItem):
		value = problem.InvalidValue{Pointer: "/item", Rule: "item_unknown"}
	case errors.Is(err, appeal.ErrPart):
		value = problem.InvalidValue{Pointer: "/data", Rule: "part_size"}
	default:
		return nil
	}
	return p.ofRejection(c, problem.Invalid(value))
}

// ofTime distinguishes a client that has disconnected from a server that is slow.
func (p problems) ofTime(c *call, err error) *problem.Document {
	switch {
	case errors.Is(err, context.Canceled):
		return p.document(c, problem.ClientGone)
	case errors.Is(err, context.DeadlineExceeded):
		c.cause = err
		return p.document(c, problem.Unavailable)
	}
	return nil
}

// ofStore handles a database that cannot be used for now. The client retries, and
// may reach a replica that has another one.
func (p problems) ofStore(c *call, err error) *problem.Document {
	if p.away == nil || !p.away(err) {
		return nil
	}
	c.cause = err
	return p.document(c, problem.Unavailable)
}
