package bff

import (
	"context"
	"errors"
	"strconv"
	"time"

	"renzheng/identity"
	"renzheng/todo"
	"renzheng/verification"
)

// Seconds of a Retry-After where nothing better is known.
const (
	retrySoon  = "1" // somebody else's call is about to end
	retryLater = "5" // a third party or the database has to come back

	retryNextDay = "3600" // seconds; the bound is per 24 hours, and the client is not told when they began
)

// problemOf turns an error of the rules into the problem that the client gets:
// the only place where that is decided. An error that is not known here is ours
// to find in the log, and tells the client nothing.
func (a *API) problemOf(c *call, err error) *problem {
	var own *problem
	if errors.As(err, &own) {
		return own
	}
	for _, recognise := range a.recognisers() {
		if p := recognise(c, err); p != nil {
			return p
		}
	}
	for _, kind := range a.kinds {
		if errors.Is(err, kind.is) {
			return a.withRetry(a.newProblem(c, kind.code))
		}
	}
	c.cause = err
	return a.newProblem(c, codeInternal)
}

// recognisers look for the errors that carry more than their kind. They come
// first, since some of them unwrap to a kind.
func (a *API) recognisers() [8]func(*call, error) *problem {
	return [...]func(*call, error) *problem{
		a.stateProblem, a.consentProblem, a.refusedProblem, a.answerProblem, a.requestProblem, a.supportProblem, a.timeProblem, a.awayProblem,
	}
}

// withRetry says when to come back, where that is what helps.
func (a *API) withRetry(p *problem) *problem {
	switch p.Code {
	case codeKeyRunning, codeStateChanged:
		p.retryAfter = retrySoon
	case codeTooMany:
		p.retryAfter = retryNextDay
	case codeUnavailable, codeNotReady:
		p.retryAfter = retryLater
	}
	return p
}

func (a *API) stateProblem(c *call, err error) *problem {
	var state *verification.StateError
	if !errors.As(err, &state) {
		return nil
	}
	p := a.newProblem(c, state.Code)
	p.State = string(state.State)
	return p
}

func (a *API) consentProblem(c *call, err error) *problem {
	var consent *verification.ConsentError
	if !errors.As(err, &consent) {
		return nil
	}
	p := a.newProblem(c, codeConsentRequired)
	p.Notices = a.noticeRefs(consent.Missing, c.language)
	return p
}

// refusedProblem is for what the catalogue of failures explains.
func (a *API) refusedProblem(c *call, err error) *problem {
	var refused *verification.RefusedError
	var exhausted *verification.ExhaustedError
	switch {
	case errors.As(err, &refused):
		p := a.newProblem(c, string(refused.Code))
		now := c.occasion(refused.Until)
		p.Failure = a.failure(refused.Code, now).noted(refused.Note, now)
		return p
	case errors.As(err, &exhausted):
		code := exhausted.Failure()
		p, next := a.newProblem(c, string(code)), exhausted.NextAt
		if exhausted.Quota.Hidden {
			next = time.Time{}
		}
		p.NextAt, p.Failure = when(next), a.failure(code, c.occasion(next))
		return p
	}
	return nil
}

func (a *API) answerProblem(c *call, err error) *problem {
	var refused *todo.RefusedError
	if !errors.As(err, &refused) {
		return nil
	}
	p := a.newProblem(c, refused.Code)
	if refused.Confirmation != nil && c.reads(*refused.Confirmation) {
		p.Confirmation = "/v1/confirmations/" + refused.Confirmation.ID
	}
	if refused.Rule != "" {
		p.Errors = []invalidValue{{Pointer: "/strokes", Rule: refused.Rule}}
	}
	for _, v := range refused.Violations {
		p.Errors = append(p.Errors, invalidValue{Pointer: v.Pointer, Rule: v.Rule})
	}
	return p
}

func (a *API) requestProblem(c *call, err error) *problem {
	var refusal *todo.RequestRefusal
	var broken identity.Problem
	switch {
	case errors.As(err, &refusal):
		return a.newProblem(c, refusal.Code)
	case errors.As(err, &broken):
		return a.invalid(c, invalidValue{Pointer: "/" + broken.Field, Rule: broken.Rule})
	}
	return nil
}

// timeProblem tells a client that has left from a server that is slow.
func (a *API) timeProblem(c *call, err error) *problem {
	switch {
	case errors.Is(err, context.Canceled):
		return a.newProblem(c, codeClientGone)
	case errors.Is(err, context.DeadlineExceeded):
		c.cause = err
		return a.withRetry(a.newProblem(c, codeUnavailable))
	}
	return nil
}

// awayProblem is for a database that cannot be used for now: the client comes
// back, perhaps to a replica that has another one.
func (a *API) awayProblem(c *call, err error) *problem {
	if a.deps.Away == nil || !a.deps.Away(err) {
		return nil
	}
	c.cause = err
	return a.withRetry(a.newProblem(c, codeUnavailable))
}

// invalid reports values that break a rule.
func (a *API) invalid(c *call, values ...invalidValue) *problem {
	p := a.newProblem(c, codeValuesInvalid)
	p.Errors = values
	for _, value := range values {
		if p.Failure == nil {
			p.Failure = a.failure(failureOfRule(c, value.Rule), c.occasion(time.Time{}))
		}
	}
	return p
}

// brokenAt reports a rule of identity that a member of the object at a place
// breaks. Its fields have the names of the members.
func (a *API) brokenAt(c *call, at string, err error) error {
	var broken identity.Problem
	if !errors.As(err, &broken) {
		return err
	}
	return a.invalid(c, invalidValue{Pointer: at + "/" + broken.Field, Rule: broken.Rule})
}

// when gives a time for a document, nil for none.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = utc(t)
	return &t
}

// utc gives a time as documents have it: the database keeps milliseconds.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// seconds gives a Retry-After that is not too early.
func seconds(d time.Duration) string {
	return strconv.Itoa(max(1, int((d+time.Second-1)/time.Second)))
}
