package wechattest

import (
	"net/http"
	"time"
)

// Fault is what goes wrong with the answers of a path, after the call had its
// effect, but for Errcode. The first field that is set, in this order, decides;
// Delay goes with any of them.
type Fault struct {
	Times int // so many calls; 0 = until Mend
	Delay time.Duration

	Errcode  int    // this refusal, in place of the call
	Hang     bool   // no answer, as long as the caller waits
	Drop     bool   // the connection breaks
	Location string // a redirect to there
	Status   int    // this status with a page of HTML
	Body     []byte // these bytes
}

// Break gives a path, without its leading slash, a fault.
func (s *Server) Break(path string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[path] = f
}

// Mend takes the fault of a path away.
func (s *Server) Mend(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.faults, path)
}

// fault gives the fault of a path and counts it off.
func (s *Server) fault(path string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, broken := s.faults[path]
	if !broken {
		return Fault{}, false
	}
	switch f.Times {
	case 0:
	case 1:
		delete(s.faults, path)
	default:
		left := f
		left.Times--
		s.faults[path] = left
	}
	return f, true
}

func spoil(w http.ResponseWriter, r *http.Request, good answer, f Fault) {
	if f.Hang || !sleep(r, f.Delay) {
		<-r.Context().Done()
		return
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
		good.write(w)
	}
}

// sleep waits, and tells whether the caller is still there.
func sleep(r *http.Request, d time.Duration) bool {
	if d == 0 {
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
