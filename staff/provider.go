package staff

import (
	"context"
	"time"

	"renzheng/identity"
)

// Identity is what the identity provider claims of a member.
type Identity struct {
	Issuer    string
	Subject   string // the provider's id of the account; may be personal
	SessionID string // sid, of the session at the provider; "" if it claims none
	Name      string
	Roles     []Role
	Office    string
	Document  *OwnDocument // nil if the provider does not claim it
	IssuedAt  time.Time    // of the ID token, by the provider's clock
}

// OwnDocument is the member's own document.
type OwnDocument struct {
	Type   identity.DocumentType
	Number identity.Number
}

// Logout is what the identity provider says that has ended. At least one of Subject and SessionID is set.
type Logout struct {
	Issuer    string
	Subject   string
	SessionID string
	IssuedAt  time.Time // by the provider's clock; a sign-in after it is not ended
}

// Provider is an identity provider (OpenID Connect).
type Provider interface {
	// Authorize returns the address at the provider where a sign-in begins.
	Authorize(ctx context.Context, b Begun) (string, error)
	// Exchange returns the identity of an authorization code. Errors: ErrRejected, ErrSecondFactor, ErrNoRole, ErrNoOffice, ErrUnavailable.
	Exchange(ctx context.Context, b Begun, code string) (Identity, error)
	// Logout verifies a logout token. Errors: ErrLogoutToken, ErrUnavailable.
	Logout(ctx context.Context, token string) (Logout, error)
	// EndSession returns the address at which the browser ends the provider's own session; "" if the provider has none.
	EndSession(ctx context.Context) (string, error)
}

// Begun is a sign-in that has begun. The browser that began it keeps it; all members are secret.
type Begun struct {
	State    string
	Nonce    string
	Verifier string // PKCE
}
