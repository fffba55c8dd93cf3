package fakes

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"renzheng/identity"
)

const (
	maxBody = 64 << 10 // five hundred bytes would do
	maxKept = 10_000   // a sandbox may run for weeks
)

// ReadBody returns the body of a request, which must be short.
func ReadBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
}

// Admit returns the body of a request that passes all checks, in their order. If it
// does not, Admit returns the code of the check, or tooLong for a long body.
func Admit(
	w http.ResponseWriter, r *http.Request, tooLong string, checks ...func(*http.Request, []byte) string,
) (body []byte, code string) {
	body, err := ReadBody(w, r)
	if err != nil {
		return nil, tooLong
	}
	for _, check := range checks {
		if code := check(r, body); code != "" {
			return nil, code
		}
	}
	return body, ""
}

// UUID returns a random UUID in lower case.
func UUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// Decisions are what a data source decided, whether or not the caller was told. The
// zero value is empty. Safe for concurrent use.
type Decisions[D any] struct {
	mu    sync.Mutex
	made  []D
	tries map[cardDay]int
}

type cardDay struct {
	card string
	day  identity.Date
}

// Try counts a question about a card, and returns the number of questions of its
// day in Beijing.
func (d *Decisions[D]) Try(card string, now time.Time) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tries == nil {
		d.tries = map[cardDay]int{}
	}
	today := cardDay{card, identity.DateAt(now)}
	d.tries[today]++
	return d.tries[today]
}

// Add records a decision.
func (d *Decisions[D]) Add(decision D) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made = append(d.made, decision)
	if excess := len(d.made) - maxKept; excess > 0 {
		d.made = slices.Delete(d.made, 0, excess)
	}
}

// All returns a copy of the decisions, the oldest first. If there were very many,
// only the latest are left.
func (d *Decisions[D]) All() []D {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.made)
}
