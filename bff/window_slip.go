package bff

import (
	"encoding/hex"
	"strings"

	"renzheng/random"
)

const (
	slipLength = 8 // characters, 40 bits; short enough to be read out
	slipBytes  = 5

	sessionPrefix = "ses_" // of the ids of sessions, before hex digits
)

// slipCode returns the code that the person takes to the service window on paper, in
// two groups. It contains nothing personal and is not stored. With a session it is
// the beginning of the session's id, so that every failure of a visit has the same
// code and an operator finds what was tried by it. Without one it is the end of the
// request id, by which an operator finds the request in the access log.
func (c *call) slipCode() string {
	if code, ok := sessionSlip(c.session.ID); ok {
		return code
	}
	return windowSlip(c.id)
}

// windowSlip returns the code of a request: the end of its id in capitals.
func windowSlip(requestID string) string {
	letters := strings.ToUpper(strings.ReplaceAll(requestID, "-", ""))
	if len(letters) < slipLength {
		return letters
	}
	return grouped(letters[len(letters)-slipLength:])
}

// sessionSlip returns the code of a session, and false for an id of another form.
func sessionSlip(sessionID string) (string, bool) {
	digits, ok := strings.CutPrefix(sessionID, sessionPrefix)
	if !ok || len(digits) < 2*slipBytes {
		return "", false
	}
	raw, err := hex.DecodeString(digits[:2*slipBytes])
	if err != nil {
		return "", false
	}
	return grouped(random.Encoding().EncodeToString(raw)), true
}

// SessionOfSlip returns how the id of the session begins that has a code, as people
// write and read out a code: see [random.Spelled]. It returns false for what is no
// code.
func SessionOfSlip(code string) (prefix string, ok bool) {
	letters := random.Spelled(code)
	raw, err := random.Encoding().DecodeString(letters)
	if err != nil || len(letters) != slipLength {
		return "", false
	}
	return sessionPrefix + hex.EncodeToString(raw), true
}

// slipPrefix returns how the id of a session begins, which is all that its slip code
// says of it.
func slipPrefix(sessionID string) string {
	return sessionID[:min(len(sessionID), len(sessionPrefix)+2*slipBytes)]
}

// SlipOfSession returns the code of a session by how its id begins, and "" for an id
// of another form.
func SlipOfSession(prefix string) string {
	code, _ := sessionSlip(prefix)
	return code
}

func grouped(letters string) string { return letters[:slipLength/2] + "-" + letters[slipLength/2:] }

// IsSessionID reports whether a text has the form of a session's id.
func IsSessionID(text string) bool {
	digits, ok := strings.CutPrefix(text, sessionPrefix)
	_, err := hex.DecodeString(digits)
	return ok && err == nil && digits != ""
}
