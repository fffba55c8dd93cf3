package support

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrBusy is returned while a QR code is being made. The caller may ask again in a
// moment.
var ErrBusy = errors.New("the QR code is being made")

const (
	codeLife    = 24 * time.Hour   // long enough to save the picture and to scan it in the evening
	codeSpare   = time.Hour        // a picture that is returned is valid for at least that long
	makingTime  = 20 * time.Second // beyond the longest call to WeChat
	commonScene = "common"         // of the code for everybody, which has no ticket
)

// TicketCode returns the picture that takes a ticket to the service account, or the
// fixed picture without a service account. It is meant to be saved: a phone cannot
// scan its own screen, but WeChat reads codes from the album.
//
// Errors: ErrNotFound, also if there is no picture at all; ErrBusy.
func (s *Service) TicketCode(ctx context.Context, accountID, id string) (QRCode, error) {
	t, err := s.Ticket(ctx, accountID, id)
	if err != nil {
		return QRCode{}, err
	}
	return s.picture(ctx, t.ID)
}

// CommonCode returns the picture for everybody. Errors: as TicketCode.
func (s *Service) CommonCode(ctx context.Context) (QRCode, error) {
	if len(s.deps.Fixed) > 0 {
		return QRCode{Picture: s.deps.Fixed}, nil
	}
	return s.picture(ctx, commonScene)
}

// HasCode reports whether there is a picture at all.
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

// makeCode asks WeChat for a code. Only one caller of all replicas does so at a time,
// so that repeated requests cost no more calls.
func (s *Service) makeCode(ctx context.Context, scene string, now time.Time) (QRCode, error) {
	ok, err := s.deps.Codes.ReserveQRCode(ctx, scene, now, now.Add(makingTime))
	if err != nil {
		return QRCode{}, fmt.Errorf("reserving a QR code: %w", err)
	}
	if !ok {
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

// fixed returns the picture that does not expire, or otherwise without one.
func (s *Service) fixed(otherwise error) (QRCode, error) {
	if len(s.deps.Fixed) > 0 {
		return QRCode{Picture: s.deps.Fixed}, nil
	}
	return QRCode{}, otherwise
}
