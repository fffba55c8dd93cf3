package todo

import (
	"context"
	"time"
)

// Recipient is an account as its channel knows it.
type Recipient struct {
	Channel, AppID, UserKind string
	User                     interface{ Reveal() string } // personal
}

// Notification is a message that a todo has arrived. It says neither who nor what: it
// lies open on a locked screen.
type Notification struct {
	To        Recipient
	Registry  string // its name, from our configuration
	ArrivedAt time.Time
	ExpiresAt time.Time
}

// Notifier sends notifications in a channel. The channel asks its person for each
// message before (WeChat: one-time subscription), by a template of its own.
type Notifier interface {
	// Template is what the channel's client asks the person for.
	Template() string
	// Notify sends one. ErrNotAgreed; any other error leaves open whether it was
	// sent, and sending it again does no harm, since an agreement counts once.
	Notify(ctx context.Context, a Notification) error
}
