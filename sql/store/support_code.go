package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/support"
)

var _ support.CodeStore = (*Store)(nil)

// QRCode implements [support.CodeStore].
func (s *Store) QRCode(ctx context.Context, scene string, now time.Time) (support.QRCode, error) {
	var row struct {
		Picture   []byte `db:"picture"`
		ExpiresAt int64  `db:"expires_at"`
	}
	err := s.read.GetContext(ctx, &row, "SELECT picture, expires_at FROM support_codes WHERE scene = ? AND expires_at > ?", scene, ms(now))
	if noRow(err) {
		return support.QRCode{}, support.ErrNotFound
	}
	if err != nil {
		return support.QRCode{}, fmt.Errorf("reading a QR code: %w", err)
	}
	return support.QRCode{Picture: row.Picture, ExpiresAt: fromMs(row.ExpiresAt)}, nil
}

// ReserveQRCode implements [support.CodeStore].
func (s *Store) ReserveQRCode(ctx context.Context, scene string, now, until time.Time) (bool, error) {
	matched, err := s.exec(ctx, "UPDATE support_codes SET making_until = ? WHERE scene = ? AND making_until <= ?",
		ms(until), scene, ms(now))
	if err != nil {
		return false, fmt.Errorf("reserving a QR code: %w", err)
	}
	if matched == 1 {
		return true, nil
	}
	_, err = s.exec(ctx, "INSERT INTO support_codes (scene, making_until) VALUES (?, ?)", scene, ms(until))
	if isDuplicate(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reserving a QR code: %w", err)
	}
	return true, nil
}

// PutQRCode implements [support.CodeStore].
func (s *Store) PutQRCode(ctx context.Context, scene string, c support.QRCode) error {
	_, err := s.exec(ctx, "UPDATE support_codes SET picture = ?, expires_at = ?, making_until = 0 WHERE scene = ?",
		c.Picture, ms(c.ExpiresAt), scene)
	if err != nil {
		return fmt.Errorf("storing a QR code: %w", err)
	}
	return nil
}
