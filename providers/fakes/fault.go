package fakes

import (
	"net/http"
	"sync"
	"time"
)

// Fault is what goes wrong with an answer of any third party. The first field that
// is set, in this order, decides. Delay is added to any of them.
type Fault struct {
	Delay    time.Duration
	Hang     bool   // no answer for as long as the caller waits
	Drop     bool   // the connection breaks
	Location string // a redirect to this address
	Status   int    // this status with a page of HTML
	Body     []byte // these bytes
}

// Spoil writes a faulty answer, and reports whether it did. If it did not, only the
// delay was wanted, and the caller writes its own answer.
func (f Fault) Spoil(w http.ResponseWriter, r *http.Request) bool {
	if f.Hang || !Hold(r, f.Delay) {
		<-r.Context().Done()
		return true
	}
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Location != "":
		http.Redirect(w, r, f.Location, http.StatusTemporaryRedirect)
	case f.Status != 0:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte("<html><body>simulated fault 模拟故障</body></html>"))
	case f.Body != nil:
		_, _ = w.Write(f.Body)
	default:
		return false
	}
	return true
}

// Faults are the faults of calls, by name. The zero value is empty. Safe for
// concurrent use.
type Faults[F any] struct {
	mu     sync.Mutex
	byCall map[string]*limited[F]
}

type limited[F any] struct {
	fault F
	left  int // 0 = without limit
}

// Break sets the fault of a call, for so many calls. With 0 it stays until Mend.
func (f *Faults[F]) Break(call string, fault F, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byCall == nil {
		f.byCall = map[string]*limited[F]{}
	}
	f.byCall[call] = &limited[F]{fault: fault, left: times}
}

// Mend removes the fault of a call.
func (f *Faults[F]) Mend(call string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.byCall, call)
}

// Take returns the fault of a call and counts it. It returns false if the call has
// no fault.
func (f *Faults[F]) Take(call string) (F, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	l, ok := f.byCall[call]
	if !ok {
		var none F
		return none, false
	}
	if l.left--; l.left == 0 {
		delete(f.byCall, call)
	}
	return l.fault, true
}
