package fakes

import (
	"net/http"
	"time"
)

// Delivery is what happens to an answer on its way.
type Delivery string

// The deliveries.
const (
	Answered Delivery = ""        // the answer arrives
	Hung     Delivery = "hung"    // nothing is decided and nothing is answered
	Lost     Delivery = "lost"    // the decision is made, but the caller waits in vain
	Cut      Delivery = "cut"     // the decision is made, and the connection breaks
	Garbled  Delivery = "garbled" // the decision is made, and half of the answer arrives
)

const maxHold = 2 * time.Minute // ends the call of a client that has no time-out

// Hold waits for d, or until the caller leaves. It reports whether the caller is
// still there.
func Hold(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// Hang keeps the caller waiting until it leaves, and then breaks the connection.
// The body of the request must have been read, or the server does not notice that
// the caller leaves.
func Hang(r *http.Request) {
	Hold(r, maxHold)
	panic(http.ErrAbortHandler)
}
