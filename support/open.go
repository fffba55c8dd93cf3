package support

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// Open gives the account's ticket with this context, and makes one where none
// lives. Repeating it changes nothing. opened tells a new one.
func (s *Service) Open(ctx context.Context, accountID string, c Context) (t Ticket, opened bool, err error) {
	id, err := s.newID()
	if err != nil {
		return Ticket{}, false, err
	}
	code, err := s.newCode()
	if err != nil {
		return Ticket{}, false, err
	}
	if _, known := s.deps.FAQ.ForFailure(c.Failure, c.Language); !known {
		c.Failure = "" // a client of another release gets help all the same
	}
	now := s.now()
	t, opened, err = s.deps.Tickets.OpenTicket(ctx, Ticket{
		ID: id, Code: code, AccountID: accountID, Context: c,
		State: Open, CreatedAt: now, ExpiresAt: now.Add(TicketLife),
	})
	if err != nil {
		return Ticket{}, false, fmt.Errorf("opening a ticket: %w", err)
	}
	return t, opened, nil
}

// Ticket gives a ticket of an account. Errors: ErrNotFound.
func (s *Service) Ticket(ctx context.Context, accountID, id string) (Ticket, error) {
	t, err := s.deps.Tickets.Ticket(ctx, accountID, id, s.now())
	if err != nil {
		return Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	return t, nil
}

const (
	idPrefix   = "tkt_"
	idBytes    = 16
	codePrefix = "T-"
	codeLength = 8                                  // 40 bits: nobody's secret, but no two alike
	codeLetter = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford: none looks like another
)

func (s *Service) newID() (string, error) {
	b, err := s.random(idBytes)
	return idPrefix + hex.EncodeToString(b), err
}

func (s *Service) newCode() (string, error) {
	b, err := s.random(codeLength)
	if err != nil {
		return "", err
	}
	for i := range b {
		b[i] = codeLetter[int(b[i])%len(codeLetter)]
	}
	return codePrefix + string(b[:codeLength/2]) + "-" + string(b[codeLength/2:]), nil
}

func (s *Service) random(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.deps.Rand, b); err != nil {
		return nil, fmt.Errorf("drawing randomness: %w", err)
	}
	return b, nil
}

// codeIn gives the ticket's code that somebody wrote, however they wrote it; ""
// where it is none.
func codeIn(words string) string {
	letters := strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ':
			return -1
		case 'I', 'L': // as Crockford reads them
			return '1'
		case 'O':
			return '0'
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(words)))
	letters, marked := strings.CutPrefix(letters, "T")
	if !marked || len(letters) != codeLength || strings.Trim(letters, codeLetter) != "" {
		return ""
	}
	return codePrefix + letters[:codeLength/2] + "-" + letters[codeLength/2:]
}
