package support

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrBusy says that a QR code cannot be had now; in a moment it can.
var ErrBusy = errors.New("the QR code is being made")

const (
	codeLife    = 24 * time.Hour   // long enough to save the picture and to scan it in the evening
	codeSpare   = time.Hour        // a picture that is handed out is good for at least that long
	makingTime  = 20 * time.Second // beyond the longest call to WeChat
	commonScene = "common"         // of the code for everybody, which brings no ticket
)

// TicketCode gives the picture that brings a ticket to the service account, a
// fixed one where there is none. The picture is to be saved: a phone cannot scan
// its own screen, but WeChat reads codes from the album.
//
// Errors: ErrNotFound, also where there is no picture at all; ErrBusy.
func (s *Service) TicketCode(ctx context.Context, accountID, id string) (QRCode, error) {
	t, err := s.Ticket(ctx, accountID, id)
	if err != nil {
		return QRCode{}, err
	}
	return s.picture(ctx, t.ID)
}

// CommonCode gives the picture for everybody. Errors: as of TicketCode.
func (s *Service) CommonCode(ctx context.Context) (QRCode, error) {
	if len(s.deps.Fixed) > 0 {
		return QRCode{Picture: s.deps.Fixed}, nil
	}
	return s.picture(ctx, commonScene)
}

// HasCode tells whether there is a picture at all.
func (s *Service) HasCode() bool { return s.deps.Account != nil || len(s.deps.Fixed) > 0 }

func (s *Service) picture(ctx context.Context, scene string) (QRCode, error) {
	if s.deps.Account == nil {
		return s.fixed(ErrNotFound)
	}
	now := s.now()
	kept, err := s.deps.Codes.QRCode(ctx, scene, now.Add(codeSpare))
	if err == nil || !errors.Is(err, ErrNotFound) {
		return kept, err
	}
	return s.makeCode(ctx, scene, now)
}

// makeCode asks WeChat for a code, which one caller of all replicas may do at a
// time: whoever asks again and again costs no more calls.
func (s *Service) makeCode(ctx context.Context, scene string, now time.Time) (QRCode, error) {
	mine, err := s.deps.Codes.ReserveQRCode(ctx, scene, now, now.Add(makingTime))
	if err != nil {
		return QRCode{}, fmt.Errorf("reserving a QR code: %w", err)
	}
	if !mine {
		return s.fixed(ErrBusy)
	}
	made, err := s.deps.Account.QRCode(ctx, scene, codeLife)
	if err != nil {
		return s.fixed(errors.Join(ErrBusy, err))
	}
	if err = s.deps.Codes.PutQRCode(ctx, scene, made); err != nil {
		return QRCode{}, fmt.Errorf("keeping a QR code: %w", err)
	}
	return made, nil
}

// fixed falls back to the picture that does not expire.
func (s *Service) fixed(otherwise error) (QRCode, error) {
	if len(s.deps.Fixed) > 0 {
		return QRCode{Picture: s.deps.Fixed}, nil
	}
	return QRCode{}, otherwise
}
