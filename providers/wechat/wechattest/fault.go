package wechattest

import (
	"time"

	"renzheng/providers/fakes"
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

func (f Fault) common() fakes.Fault {
	return fakes.Fault{Delay: f.Delay, Hang: f.Hang, Drop: f.Drop, Location: f.Location, Status: f.Status, Body: f.Body}
}

// Break sets the fault of a path, which has no leading slash.
func (s *Server) Break(path string, f Fault) { s.faults.Break(path, f, f.Times) }

// Mend removes the fault of a path.
func (s *Server) Mend(path string) { s.faults.Mend(path) }
