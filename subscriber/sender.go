package subscriber

import (
	"context"
	"time"

	"renzheng/identity"
)

// Message is a one-time code on its way to a number.
type Message struct {
	Purpose Purpose
	Phone   identity.Phone
	Code    identity.Secret // six digits
	Life    time.Duration   // whole minutes
}

// Sender sends messages. It sends none twice: a call that is in doubt is not repeated.
//
// Errors: ErrNotSent, with ErrUnreachable if the number cannot get messages. After any other error the message may have been sent.
type Sender interface {
	SendCode(ctx context.Context, m Message) error
}
