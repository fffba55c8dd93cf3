package alipaytest

import (
	"net/http"
	"strings"
	"time"

	"renzheng/providers/fakes"
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

func (f Fault) common() fakes.Fault {
	return fakes.Fault{Delay: f.Delay, Hang: f.Hang, Location: f.Location, Status: f.Status, Body: f.Body}
}

// Break sets the fault of a method.
func (g *Gateway) Break(method string, f Fault) { g.faults.Break(method, f, f.Times) }

// Mend removes the fault of a method.
func (g *Gateway) Mend(method string) { g.faults.Mend(method) }

func (g *Gateway) spoil(w http.ResponseWriter, r *http.Request, good reply, f Fault) {
	if f.common().Spoil(w, r) {
		return
	}
	switch {
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
