package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bar"
	"renzheng/material"
	"renzheng/operations"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/rulebook"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// failure is how an error is shown.
type failure struct {
	err    error
	status int
	text   string // key, with .title and .body
}

// failures returns how errors are shown. The first that matches applies; an error that matches none is shown as a server error.
func failures() []failure {
	return []failure{
		{errNotFound, http.StatusNotFound, "error.not_found"},
		{errForbidden, http.StatusForbidden, "error.forbidden"},
		{errForeign, http.StatusForbidden, "error.foreign"},
		{errTooMany, http.StatusTooManyRequests, "error.too_many"},
		{errTooLarge, http.StatusRequestEntityTooLarge, "error.too_large"},
		{errNoCookie, http.StatusForbidden, "error.sign_in_cookie"},
		{staff.ErrRejected, http.StatusForbidden, "error.sign_in_rejected"},
		{staff.ErrSecondFactor, http.StatusForbidden, "error.second_factor"},
		{staff.ErrNoRole, http.StatusForbidden, "error.no_role"},
		{staff.ErrNoOffice, http.StatusForbidden, "error.no_office"},
		{staff.ErrSignedOut, http.StatusForbidden, "error.signed_out_meanwhile"},
		{staff.ErrUnavailable, http.StatusServiceUnavailable, "error.provider_unavailable"},
		{window.ErrNotFound, http.StatusNotFound, "error.window_not_found"},
		{window.ErrLimited, http.StatusTooManyRequests, "error.window_limited"},
		{window.ErrState, http.StatusConflict, "error.window_state"},
		{window.ErrSamePerson, http.StatusForbidden, "error.window_same"},
		{window.ErrChanged, http.StatusConflict, "error.window_changed"},
		{window.ErrNotShown, http.StatusConflict, "error.window_not_shown"},
		{window.ErrPhoto, http.StatusConflict, "error.window_photo"},
		{window.ErrOwnAffair, http.StatusForbidden, "error.window_own"},
		{window.ErrRole, http.StatusForbidden, "error.window_role"},
		{window.ErrOutcome, http.StatusUnprocessableEntity, "error.window_outcome"},
		{appointment.ErrNotFound, http.StatusNotFound, "error.number_not_found"},
		{appointment.ErrState, http.StatusConflict, "error.number_state"},
		{appointment.ErrRole, http.StatusForbidden, "error.window_role"},
		{rights.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{rights.ErrPurpose, http.StatusForbidden, "error.purpose"},
		{rights.ErrOwn, http.StatusForbidden, "error.own"},
		{rights.ErrWithheld, http.StatusConflict, "error.withheld"},
		{appeal.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{appeal.ErrFourEyes, http.StatusForbidden, "error.four_eyes"},
		{appeal.ErrUnread, http.StatusConflict, "error.unread"},
		{appeal.ErrNotOpen, http.StatusConflict, "error.moved"},
		{appeal.ErrBounds, http.StatusConflict, "error.moved"},
		{bar.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{bar.ErrFourEyes, http.StatusForbidden, "error.four_eyes"},
		{bar.ErrOwn, http.StatusForbidden, "error.own"},
		{bar.ErrUnread, http.StatusConflict, "error.bar_unread"},
		{bar.ErrState, http.StatusConflict, "error.bar_state"},
		{retention.ErrUnknown, http.StatusNotFound, "error.not_found"},
		{retention.ErrErased, http.StatusConflict, "error.erased"},
		{operations.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{rulebook.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{rulebook.ErrFourEyes, http.StatusForbidden, "error.rules_four_eyes"},
		{rulebook.ErrState, http.StatusConflict, "error.rules_state"},
		{rulebook.ErrStale, http.StatusConflict, "error.rules_stale"},
		{rulebook.ErrTooMany, http.StatusConflict, "error.rules_many"},
		{rulebook.ErrUnreviewed, http.StatusConflict, "error.rules_unreviewed"},
		{todo.ErrReportOwn, http.StatusForbidden, "error.own"},
		{todo.ErrConflict, http.StatusConflict, "error.report_settled"},
		{material.ErrBusy, http.StatusServiceUnavailable, "error.busy"},
		{context.DeadlineExceeded, http.StatusServiceUnavailable, "error.busy"},
	}
}

// fail answers with the page of an error. A member without a live session is redirected to the sign-in, and from there to the page
// they wanted.
func (c *Console) fail(r *call, err error) {
	r.cause = err
	if errors.Is(err, errSignedOut) {
		to := "/sign-in"
		if r.route.method == http.MethodGet && r.request().URL.Path != "/" {
			to += "?next=" + url.QueryEscape(r.request().URL.RequestURI())
		}
		r.setCookie(sessionCookie, "", -1)
		r.gin.Redirect(http.StatusSeeOther, to)
		return
	}
	shown := failure{err, http.StatusInternalServerError, "error.server"}
	for _, f := range failures() {
		if errors.Is(err, f.err) {
			shown = f
			break
		}
	}
	var until time.Time
	if limited, ok := errors.AsType[*window.LimitError](err); ok {
		until = limited.Until
		r.retryAfter(until.Sub(c.deps.Clock()))
	}
	if shown.status < http.StatusInternalServerError {
		r.cause = shown.err // not err, which may contain values that the client sent
	}
	data := errorData{r.text(shown.text + ".title"), r.text(shown.text + ".body"), r.id, r.waysBack(shown), until}
	if writeErr := c.pages.write(r, "error", shown.status, data); writeErr != nil {
		r.cause = errors.Join(err, writeErr)
		r.gin.AbortWithStatus(http.StatusInternalServerError)
	}
}

// errorData is the data of the page.
type errorData struct {
	Title, Body, RequestID string
	Back                   []pageLink
	Until                  time.Time // when the same can be tried again; zero if that is not what the error says
}

// PageTitle is the title of the page.
func (d errorData) PageTitle() string { return d.Title }
