package bff

import (
	"strings"
	"time"

	"renzheng/identity"
)

// occasion is what one case of a failure adds to its entry in the catalogue.
type occasion struct {
	language  string
	channel   string                // "" where nobody is logged in
	document  identity.DocumentType // "" where it is not known
	slip      string                // "" where nobody failed: in the catalogue itself
	notBefore time.Time             // zero where it does not matter
}

// occasion is that of the caller; next is when the next try is possible.
func (c *call) occasion(next time.Time) occasion {
	return occasion{language: c.language, channel: string(c.session.Account.Channel), slip: slipCode(c.id), notBefore: next}
}

// with is the same with a document that is known.
func (o occasion) with(d identity.Document) occasion {
	o.document = d.Type
	return o
}

const slipLength = 8 // 40 bits of a request id of ours; a clerk can still read it out

// slipCode is what the person takes to the window on paper: the end of the
// request id in capitals, in two groups. It says nothing of anybody, is kept
// nowhere, and finds the line of the access log that ends in it.
func slipCode(requestID string) string {
	letters := strings.ToUpper(strings.ReplaceAll(requestID, "-", ""))
	if len(letters) < slipLength {
		return letters
	}
	tail := letters[len(letters)-slipLength:]
	return tail[:slipLength/2] + "-" + tail[slipLength/2:]
}
