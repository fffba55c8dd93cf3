package registrytest

import (
	"io"
	"net/http"

	"renzheng/providers/fakes"
)

// Failure is what goes wrong with one push.
type Failure string

// The failures. All but Lost happen before the event is taken.
const (
	Healthy Failure = ""
	Broken  Failure = "status_500"
	Hung    Failure = "hang" // until the caller leaves
	Cut     Failure = "cut"  // the connection
	Lost    Failure = "lost" // the event is taken, its acknowledgement lost
)

// before plays a failure that comes before the event, and reports whether that was all.
func (f Failure) before(w http.ResponseWriter, r *http.Request) bool {
	switch f {
	case Broken:
		http.Error(w, "simulated failure", http.StatusInternalServerError)
		return true
	case Hung:
		_, _ = io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxEventBytes)) // else the server does not see the caller leave
		fakes.Hang(r)
	case Cut:
		panic(http.ErrAbortHandler)
	case Healthy, Lost:
	}
	return false
}
