package support

import (
	"context"
	"errors"
	"io"
	"net/url"
	"time"

	"renzheng/identity"
)

// ErrPushRejected says that a push is not believed: plain, unsigned, late, come
// before, or no push at all.
var ErrPushRejected = errors.New("the push is not WeChat's")

// OfficialAccount is the service account towards WeChat. Safe for concurrent
// use.
type OfficialAccount interface {
	// Echo answers WeChat's check of our address. Errors: ErrPushRejected.
	Echo(query url.Values) (string, error)
	// Receive reads a push. Single use: it spends the push's nonce. Errors:
	// ErrPushRejected.
	Receive(ctx context.Context, query url.Values, body io.Reader) (Message, error)
	// Reply makes the body that answers a message with a text of at most
	// LongestReply bytes.
	Reply(m Message, text string) ([]byte, error)
	// Transfer makes the body that hands the person to a human agent.
	Transfer(m Message) ([]byte, error)
	// QRCode makes a temporary code with a scene.
	QRCode(ctx context.Context, scene string, life time.Duration) (QRCode, error)
}

// LongestReply is how long a text may be, in bytes of UTF-8.
const LongestReply = 2048

// NoReply is the body for a message that has no answer, or had it.
const NoReply = "success"

// MessageKind is what a person did.
type MessageKind string

// The kinds.
const (
	Scanned      MessageKind = "scan"        // a code of ours
	Subscribed   MessageKind = "subscribe"   // began to follow, with Scene where by a code
	Unsubscribed MessageKind = "unsubscribe" // stopped
	Chosen       MessageKind = "menu"        // an entry of the menu
	Written      MessageKind = "text"        // words
	Pictured     MessageKind = "picture"     // a picture or a video
	Spoken       MessageKind = "voice"       // a voice message
	Otherwise    MessageKind = "other"       // any other event; it is not answered
)

// Message is something that a person did with the service account.
type Message struct {
	ID      string // the same for the same event, however often it comes
	Kind    MessageKind
	Person  Person
	Scene   string          // "" = none
	Key     string          // of the menu's entry
	Words   identity.Secret // with Written
	At      time.Time
	Account string // our own name, which an answer repeats
}

// Person is the id of an account towards the service account.
type Person = identity.Secret

// QRCode is the picture of a code.
type QRCode struct {
	Picture   []byte    // PNG or JPEG
	ExpiresAt time.Time // zero = it does not
}
