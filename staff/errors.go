package staff

import "errors"

// Errors of sign-in and sessions.
var (
	ErrNotFound     = errors.New("no live staff session")
	ErrRejected     = errors.New("the identity provider rejected the sign-in") // also a code that is used, late or of another browser
	ErrSecondFactor = errors.New("signed in without the required second factor")
	ErrNoRole       = errors.New("the identity provider claims no role of this service")
	ErrNoOffice     = errors.New("the identity provider claims no office, which a role requires")
	ErrSignedOut    = errors.New("the identity provider ended the sign-in meanwhile")
	ErrLogoutToken  = errors.New("not a valid logout token")
	ErrUnavailable  = errors.New("the identity provider does not answer")
)

// ErrRepeated reports that what a form creates exists, because the form was sent before. Stores return it when the id that the
// form chose is taken.
var ErrRepeated = errors.New("the form was sent before")
