package support

import (
	"context"
	"errors"
	"io"
	"net/url"
	"time"

	"renzheng/identity"
)

// ErrPushRejected is returned for a push that is not from WeChat. Unencrypted,
// unsigned, stale, duplicate and malformed messages are rejected.
var ErrPushRejected = errors.New("the push is not from WeChat")

// OfficialAccount sends to and receives from WeChat for the service account. Safe for
// concurrent use.
type OfficialAccount interface {
	// Echo answers WeChat's check of our address. Errors: ErrPushRejected.
	Echo(query url.Values) (string, error)
	// Receive reads a push. Single use: it spends the push's nonce. Errors:
	// ErrPushRejected.
	Receive(ctx context.Context, query url.Values, body io.Reader) (Message, error)
	// Reply returns the body that answers a message with a text of at most
	// LongestReply bytes.
	Reply(m Message, text string) ([]byte, error)
	// Transfer returns the body that hands the person to a human agent.
	Transfer(m Message) ([]byte, error)
	// QRCode makes a temporary code with a scene.
	QRCode(ctx context.Context, scene string, life time.Duration) (QRCode, error)
}

// LongestReply is how long a text may be, in bytes of UTF-8.
const LongestReply = 2048

// NoReply is the body for a message that has no answer, or was answered before.
const NoReply = "success"

// MessageKind is what a person did.
type MessageKind string

// The kinds.
const (
	Scanned      MessageKind = "scan"        // a QR code of this service
	Subscribed   MessageKind = "subscribe"   // followed the account; with Scene if by a QR code
	Unsubscribed MessageKind = "unsubscribe" // stopped following
	Chosen       MessageKind = "menu"        // chose an entry of the menu
	Written      MessageKind = "text"        // a text
	Pictured     MessageKind = "picture"     // a picture or a video
	Spoken       MessageKind = "voice"       // a voice message
	Otherwise    MessageKind = "other"       // any other event; it is not answered
)

// Message is something that a person did with the service account.
type Message struct {
	ID      string // the same each time that WeChat sends the same event
	Kind    MessageKind
	Person  Person
	Scene   string          // "" if absent
	Key     string          // of the menu's entry
	Words   identity.Secret // with Written
	At      time.Time
	Account string // the service account's id, which an answer repeats
}

// Person is the id of an account towards the service account.
type Person = identity.Secret

// QRCode is the picture of a code.
type QRCode struct {
	Picture   []byte    // PNG or JPEG
	ExpiresAt time.Time // zero if it does not
}
