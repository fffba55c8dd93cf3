package todo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Limits of alerts.
const (
	MaxAlerts  = 10 // messages a person can agree to in advance
	alertBatch = 20
	alertCall  = 10 * time.Second
	alertLease = (alertBatch + 1) * alertCall // a batch that hangs on every message
	alertTries = 5                            // the pauses double from alertPause: half an hour, then the person has seen the list
	alertPause = time.Minute
)

// Kinds of failure of alerts.
var (
	ErrNoAlerts  = errors.New("channel sends no alerts")
	ErrNotAgreed = errors.New("channel knows of no agreement to this message") // asking again is of no use
)

// Recipient is an account as its channel knows it.
type Recipient struct {
	Channel, AppID, UserKind string
	User                     interface{ Reveal() string } // personal
}

// Alert is a message that a todo has arrived. It says neither who nor what: it
// lies open on a locked screen.
type Alert struct {
	To        Recipient
	Registry  string // its name, from our configuration
	ArrivedAt time.Time
	ExpiresAt time.Time
}

// Alerter sends alerts in a channel. The channel asks its person for each
// message before (WeChat: one-time subscription), by a template of its own.
type Alerter interface {
	// Template is what the channel's client asks the person for.
	Template() string
	// Alert sends one. ErrNotAgreed; any other error leaves open whether it was
	// sent, and sending it again does no harm, since an agreement counts once.
	Alert(ctx context.Context, a Alert) error
}

// Alerts is what a person has agreed to.
type Alerts struct {
	Template string // "" where the channel sends none
	Left     int    // messages still to come
}

// DueAlert is a message that a worker has taken up.
type DueAlert struct {
	AccountID, CaseRow string
	Revision           int64
	Attempts           int // earlier ones
	Open               bool
	RegistryID         string
	To                 Recipient
	ArrivedAt          time.Time
	ExpiresAt          time.Time
}

// AlertState is how a message stands.
type AlertState string

// The states of a message.
const (
	AlertPending AlertState = "pending"
	AlertSent    AlertState = "sent"
	AlertDropped AlertState = "dropped" // not agreed to, no longer of use, or given up
)

// AlertStore keeps agreements and messages. Messages are made by ApplyCase, in
// the transaction that opens the todos.
type AlertStore interface {
	// Alerts returns how many messages the viewer's account will still get about
	// the viewer's subject, 0 where its grant has ended.
	Alerts(ctx context.Context, v Viewer, now time.Time) (int, error)
	// AgreeToAlert adds one, up to most, where the viewer's grant lives. ErrNotFound.
	AgreeToAlert(ctx context.Context, v Viewer, most int, now time.Time) error
	// EndAlerts takes the account's agreements back, for every subject, with the
	// messages that wait.
	EndAlerts(ctx context.Context, accountID string) error
	// ClaimAlerts takes up to limit due messages until leaseUntil, each by one
	// replica. One that cannot be read is an error beside the others.
	ClaimAlerts(ctx context.Context, now, leaseUntil time.Time, limit int) ([]DueAlert, error)
	// FinishAlert writes down how a message stands; next is when a pending one is due.
	FinishAlert(ctx context.Context, d DueAlert, state AlertState, next time.Time) error
}

// AlertsOf tells what the viewer's account has agreed to.
func (s *Service) AlertsOf(ctx context.Context, v Viewer, channel string) (Alerts, error) {
	alerter, ok := s.Alerters[channel]
	if !ok {
		return Alerts{}, nil
	}
	left, err := s.Alerts.Alerts(ctx, v, s.now())
	if err != nil {
		return Alerts{}, fmt.Errorf("reading alerts: %w", err)
	}
	return Alerts{Template: alerter.Template(), Left: left}, nil
}

// AgreeToAlert records that the person agreed to one more message. The client's
// word is enough: the channel sends nothing that its person did not agree to.
//
// Errors: ErrNoAlerts, ErrNotFound without a live grant.
func (s *Service) AgreeToAlert(ctx context.Context, v Viewer, channel string) (Alerts, error) {
	if _, ok := s.Alerters[channel]; !ok {
		return Alerts{}, ErrNoAlerts
	}
	if err := s.Alerts.AgreeToAlert(ctx, v, MaxAlerts, s.now()); err != nil {
		return Alerts{}, fmt.Errorf("agreeing to an alert: %w", err)
	}
	return s.AlertsOf(ctx, v, channel)
}

// EndAlerts takes all of the account's agreements back.
func (s *Service) EndAlerts(ctx context.Context, v Viewer) error {
	if err := s.Alerts.EndAlerts(ctx, v.AccountID); err != nil {
		return fmt.Errorf("ending alerts: %w", err)
	}
	return nil
}

// SendAlerts sends messages that are due and returns how many it took up.
func (s *Service) SendAlerts(ctx context.Context) (int, error) {
	now := s.now()
	due, err := s.Alerts.ClaimAlerts(ctx, now, now.Add(alertLease), alertBatch)
	problems := []error{err}
	for _, d := range due {
		state, next := s.sendAlert(ctx, d)
		if err := s.Alerts.FinishAlert(context.WithoutCancel(ctx), d, state, next); err != nil {
			problems = append(problems, fmt.Errorf("finishing an alert: %w", err))
		}
	}
	return len(due), errors.Join(problems...)
}

// sendAlert sends one and tells how it stands afterwards.
func (s *Service) sendAlert(ctx context.Context, d DueAlert) (AlertState, time.Time) {
	now := s.now()
	alerter, ok := s.Alerters[d.To.Channel]
	registry, configured := s.Registries.Registry(d.RegistryID)
	if !ok || !configured || !d.Open || !now.Before(d.ExpiresAt) {
		return AlertDropped, now
	}
	called, cancel := context.WithTimeout(context.WithoutCancel(ctx), alertCall)
	defer cancel()
	err := alerter.Alert(called, Alert{To: d.To, Registry: registry.Name, ArrivedAt: d.ArrivedAt, ExpiresAt: d.ExpiresAt})
	switch {
	case err == nil:
		return AlertSent, now
	case errors.Is(err, ErrNotAgreed):
		return AlertDropped, now
	}
	s.Logger.WarnContext(ctx, "alert not sent", slog.String("channel", d.To.Channel), slog.Any("cause", err))
	if d.Attempts+1 >= alertTries {
		return AlertDropped, now
	}
	return AlertPending, now.Add(alertPause << d.Attempts)
}
