package tencentcloudtest

import (
	"time"

	"renzheng/providers/fakes"
)

// The actions that the fake knows.
const (
	FourElements  = "BankCard4EVerification"
	ThreeElements = "BankCardVerification"
	NameDate      = "CheckIdNameDate"
)

// Query is one well-formed question, in plain text: its person is made up.
type Query struct { //nolint:recvcheck // fields alone points into it; everything else reads a copy
	Action string // FourElements, ThreeElements or NameDate
	Name   string
	Number string
	Card   string // "" with NameDate
	Phone  string // with FourElements only
	From   string // 20060102, with NameDate only
	Until  string // 20060102 or 00000000, with NameDate only
}

// Fate is what happens to a query. The zero value passes.
type Fate struct {
	Result   string        // of the source, e.g. "-6"; "" = "0"
	Code     string        // of the gateway, e.g. "RequestLimitExceeded": nothing is decided
	Delay    time.Duration // before the answer, after the decision
	Delivery fakes.Delivery
}

// Passed returns the result that lets the person pass.
func (q Query) Passed() string { return "0" }

// HolderWrong returns the result for a card of somebody else.
func (q Query) HolderWrong() string { return q.either("-6", "-5") }

// CardExpired returns the result for a card past its date.
func (q Query) CardExpired() string { return q.either("-14", "-13") }

// CentreBusy returns the result for a source that did not get to look.
func (q Query) CentreBusy() string { return q.either("-18", "-17") }

// TriesExceeded returns the result for a card that was asked too often today.
func (q Query) TriesExceeded() string { return q.either("-19", "-18") }

// either chooses: the codes of the two actions differ by one place.
func (q Query) either(four, three string) string {
	if q.Action == FourElements {
		return four
	}
	return three
}
