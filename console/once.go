package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"renzheng/random"
	"renzheng/staff"
)

const formIDBytes = 16

// FormID returns the value of the hidden field form_id, which every form that creates something has: 128 random bits in base64url. It
// is new on each page, so that the form of one page creates one thing, however often it is sent.
func (v *view) FormID() (string, error) {
	raw, err := random.Bytes(v.call.console.deps.Rand, formIDBytes)
	if err != nil {
		return "", fmt.Errorf("drawing the id of a form: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// chooseID sets c.created to the id of what the form creates: the prefix of the route with a MAC of form_id under the session's token.
// A form that is sent again gets the same id, which the primary key then rejects; see isCreated. Another session cannot choose it.
// Errors: errForeign if the field is malformed.
func (c *call) chooseID() error {
	if c.route.creates == "" {
		return nil
	}
	field := c.form("form_id")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(field)
	if err != nil || len(raw) != formIDBytes {
		return errForeign
	}
	mac := hmac.New(sha256.New, []byte(c.token))
	mac.Write([]byte("renzheng console form id\x00" + c.route.id + "\x00" + field))
	c.created = c.route.creates + hex.EncodeToString(mac.Sum(nil)[:formIDBytes])
	return nil
}

// isCreated reports whether what a form creates exists: because this request created it, or an earlier one of the same form.
func isCreated(err error) bool { return err == nil || errors.Is(err, staff.ErrRepeated) }
