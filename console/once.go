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

// FormID returns the value of the hidden field of a form that creates something. It is new each time that a page is made, so
// that one page creates one thing, however often its form is sent.
func (v *view) FormID() (string, error) {
	raw, err := random.Bytes(v.call.console.deps.Rand, formIDBytes)
	if err != nil {
		return "", fmt.Errorf("drawing the id of a form: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// chooseID fills in the id of what the form creates: a MAC of its field under the session's token. A form that is sent again
// has the same id, which the primary key of what was created rejects. Nobody else can make or guess it.
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

// isCreated reports whether what a form creates is there: since now, or since the form was sent before.
func isCreated(err error) bool { return err == nil || errors.Is(err, staff.ErrRepeated) }
