package subscriber

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"renzheng/identity"
	"renzheng/random"
)

// Purpose is what a code is sent for. It proves nothing else.
type Purpose string

// The purposes.
const (
	ToRegister Purpose = "register"
	ToSignIn   Purpose = "sign_in"
)

// Bounds of one-time codes (R39).
const (
	CodeLife = 5 * time.Minute
	MaxWrong = 5 // after which a code is void

	codeDigits = 6
)

// Window bounds the sends to one number in any time of this length.
type Window struct {
	Sends  int
	Length time.Duration
}

// Windows returns the bounds of the sends to one number. A store remembers as many sends as the largest allows.
func Windows() [3]Window {
	return [...]Window{{1, time.Minute}, {3, time.Hour}, {5, 24 * time.Hour}}
}

// CodeRequest is a request for a code.
type CodeRequest struct {
	Purpose Purpose
	Phone   identity.Phone
	Network string // of the client; its sends are bounded too. Personal: the store keeps a keyed hash
}

// SentCode is a code that was sent, or may have been.
type SentCode struct {
	ID        string // "otc_…"; the code cannot be used without it
	ExpiresAt time.Time
	NextAt    time.Time // when the next code can be sent to the number at the earliest
}

// SendCode sends a code to a number, and voids the one before for the same purpose. If nobody knows whether the message was
// sent, the send counts and the code is valid.
//
// Errors: *LaterError; ErrNotSent, with ErrUnreachable if another try does not help. Then the send does not count.
func (s *Service) SendCode(ctx context.Context, r CodeRequest) (SentCode, error) {
	id, err := random.ID(s.deps.Rand, "otc_")
	if err != nil {
		return SentCode{}, err
	}
	digits, err := drawCode(s.deps.Rand)
	if err != nil {
		return SentCode{}, err
	}
	now := s.now()
	code := NewCode{
		Use:     CodeUse{ID: id, Purpose: r.Purpose, Phone: r.Phone, Code: identity.NewSecret(digits)},
		Network: r.Network, PerNetwork: s.deps.CodesPerNetwork, Now: now, ExpiresAt: now.Add(CodeLife),
	}
	if err = s.deps.Codes.ReserveCode(ctx, code); err != nil {
		return SentCode{}, fmt.Errorf("reserving a one-time code: %w", err)
	}
	err = s.deps.Sender.SendCode(ctx, Message{Purpose: r.Purpose, Phone: r.Phone, Code: code.Use.Code, Life: CodeLife})
	if errors.Is(err, ErrNotSent) {
		if failed := s.giveBack(ctx, code); failed != nil {
			return SentCode{}, failed
		}
		return SentCode{}, fmt.Errorf("sending a one-time code: %w", err)
	}
	return SentCode{ID: id, ExpiresAt: code.ExpiresAt, NextAt: now.Add(Windows()[0].Length)}, nil
}

// tidyTime bounds the writes after the send, when the caller may be gone.
const tidyTime = 5 * time.Second

func (s *Service) giveBack(ctx context.Context, code NewCode) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
	defer cancel()
	if err := s.deps.Codes.GiveBackCode(ctx, code); err != nil {
		return fmt.Errorf("giving back the send of a one-time code: %w", err)
	}
	return nil
}

// drawCode draws a code. Each is as likely as any other.
func drawCode(r io.Reader) (string, error) {
	const codes, unbiased = 1_000_000, 4_294_000_000 // the largest multiple of codes in 32 bits
	for {
		raw, err := random.Bytes(r, 4)
		if err != nil {
			return "", err
		}
		if n := binary.BigEndian.Uint32(raw); n < unbiased {
			return fmt.Sprintf("%0*d", codeDigits, n%codes), nil
		}
	}
}

// IsCode reports whether a text has the form of a code.
func IsCode(text string) bool {
	if len(text) != codeDigits {
		return false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
