package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
)

// Token is an access token of an application at a provider. The zero value means no token.
type Token struct {
	Value     identity.Secret
	ExpiresAt time.Time
	ForcedAt  time.Time // when one was last forced; zero = never
}

// storedToken is a token as it is sealed.
type storedToken struct {
	Value     string `json:"value"`
	ExpiresAt int64  `json:"expires_at"`
	ForcedAt  int64  `json:"forced_at"`
}

// Token returns the stored token of that name, expired or not; or the zero value if it is absent. It reads what was
// written last, whichever replica wrote it. Name is up to 64 ASCII characters.
func (s *Store) Token(ctx context.Context, name string) (Token, error) {
	var cipher []byte
	err := s.write.GetContext(ctx, &cipher, "SELECT token_cipher FROM provider_tokens WHERE name = ?", name)
	if noRow(err) {
		return Token{}, nil
	}
	if err != nil {
		return Token{}, fmt.Errorf("reading token %s: %w", name, err)
	}
	plain, err := s.ring.Open(tokenAAD(name), cipher)
	if err != nil {
		return Token{}, fmt.Errorf("reading token %s: %w", name, err)
	}
	var stored storedToken
	if json.Unmarshal(plain, &stored) != nil { // the cause may quote the token
		return Token{}, fmt.Errorf("reading token %s: not what was stored", name)
	}
	return Token{Value: identity.NewSecret(stored.Value), ExpiresAt: fromMs(stored.ExpiresAt), ForcedAt: fromMs(stored.ForcedAt)}, nil
}

// PutToken stores a token in place of what is there. Who calls it holds the lease under which it was fetched.
func (s *Store) PutToken(ctx context.Context, name string, t Token) error {
	plain, err := json.Marshal(storedToken{t.Value.Reveal(), ms(t.ExpiresAt), ms(t.ForcedAt)})
	if err != nil {
		return fmt.Errorf("encoding token %s: %w", name, err)
	}
	sealed, err := s.ring.Seal(tokenAAD(name), plain)
	if err != nil {
		return fmt.Errorf("sealing token %s: %w", name, err)
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE provider_tokens SET token_cipher = ?, updated_at = ? WHERE name = ?",
			sealed, ms(s.clock()), name))
		if !errors.Is(err, errNotOne) {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO provider_tokens (name, token_cipher, updated_at) VALUES (?, ?, ?)",
			name, sealed, ms(s.clock()))
		return raced(err)
	})
	if err != nil {
		return fmt.Errorf("storing token %s: %w", name, err)
	}
	return nil
}

// rekeyTokens seals tokens anew under the newest master key.
func (s *Store) rekeyTokens(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		Name   string `db:"name"`
		Cipher []byte `db:"token_cipher"`
	}
	err := tx.SelectContext(ctx, &rows, "SELECT name, token_cipher FROM provider_tokens WHERE name > ? ORDER BY name LIMIT ?",
		after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	for _, row := range rows {
		m.last = row.Name
		sealed, changed, err := s.ring.Renew(tokenAAD(row.Name), row.Cipher)
		if err != nil {
			return moved{}, err
		}
		if !changed {
			continue
		}
		// One that was stored meanwhile is under the newest key already.
		_, err = tx.ExecContext(ctx, "UPDATE provider_tokens SET token_cipher = ? WHERE name = ? AND token_cipher = ?",
			sealed, row.Name, row.Cipher)
		if err != nil {
			return moved{}, err
		}
		m.changed++
	}
	return m, nil
}

func tokenAAD(name string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "provider_tokens", Column: "token_cipher", Row: name}
}
