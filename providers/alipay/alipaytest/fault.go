package alipaytest

import (
	"net/http"
	"strings"
	"time"
)

// Fault is what goes wrong with the answers of a method, after the call had
// its effect. The first field that is set, in this order, decides; Delay goes
// with any of them.
type Fault struct {
	Times int // so many calls; 0 = until Mend
	Delay time.Duration

	Hang     bool   // no answer, as long as the caller waits
	Location string // a redirect to there
	Status   int    // this status with a page of HTML
	Body     []byte // these bytes, unsigned
	Answer   string // this JSON as the response value, signed
	Unsigned bool   // the right answer without its signature
	Forged   bool   // the right answer, signed by somebody else
	CertSN   string // the right answer, naming another certificate
	Escaped  bool   // the right answer, with \/ and \u003d in its signature
}

// Break gives a method a fault.
func (g *Gateway) Break(method string, f Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.faults[method] = f
}

// Mend takes the fault of a method away.
func (g *Gateway) Mend(method string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.faults, method)
}

// fault gives the fault of a method and counts it off.
func (g *Gateway) fault(method string) (Fault, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f, broken := g.faults[method]
	if !broken {
		return Fault{}, false
	}
	switch f.Times {
	case 0:
	case 1:
		delete(g.faults, method)
	default:
		left := f
		left.Times--
		g.faults[method] = left
	}
	return f, true
}

func (g *Gateway) spoil(w http.ResponseWriter, r *http.Request, good reply, f Fault) {
	if f.Hang || !sleep(r, f.Delay) {
		<-r.Context().Done()
		return
	}
	switch {
	case f.Location != "":
		http.Redirect(w, r, f.Location, http.StatusTemporaryRedirect)
	case f.Status != 0:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte("<html><body>simulated fault 模拟故障</body></html>"))
	case f.Body != nil:
		_, _ = w.Write(f.Body)
	case f.Answer != "":
		g.write(w, reply{node: good.node, value: []byte(f.Answer)})
	case f.Unsigned:
		_, _ = w.Write(assemble(good.node, good.value, "", ""))
	case f.Forged:
		_, _ = w.Write(assemble(good.node, good.value, g.sign([]byte("something else")), ""))
	case f.CertSN != "":
		_, _ = w.Write(assemble(good.node, good.value, g.sign(good.value), f.CertSN))
	case f.Escaped:
		signature := strings.NewReplacer("/", `\/`, "=", `\u003d`).Replace(g.sign(good.value))
		_, _ = w.Write(assemble(good.node, good.value, signature, g.certSN()))
	default:
		g.write(w, good)
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
