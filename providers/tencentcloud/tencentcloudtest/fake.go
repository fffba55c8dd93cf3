package tencentcloudtest

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	maxBodyBytes = 64 << 10        // two hundred would do
	maxHold      = 2 * time.Minute // a caller without a time-out is let go in the end
)

// Options of a Fake. SecretID, SecretKey and Clock are required.
type Options struct {
	SecretID    string
	SecretKey   string
	Clock       func() time.Time
	Fate        func(Query) Fate // nil: every card passes
	TriesPerDay int              // decisions for one card and Beijing day before "attempts exceeded"; 0: no limit
}

// Fake is the service. Safe for concurrent use.
type Fake struct {
	options Options

	mu        sync.Mutex
	decisions []Decision
	tries     map[cardDay]int
}

var _ http.Handler = (*Fake)(nil)

// New gives a fake, or says what its options lack.
func New(o Options) (*Fake, error) {
	if o.SecretID == "" || o.SecretKey == "" || o.Clock == nil {
		return nil, errors.New("tencentcloudtest: wants a secret id, a secret key and a clock")
	}
	if o.Fate == nil {
		o.Fate = func(Query) Fate { return Fate{} }
	}
	return &Fake{options: o, tries: map[cardDay]int{}}, nil
}

// ServeHTTP answers as the vendor does: with status 200 whatever it says.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := newRequestID()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if err != nil {
		refuse(w, "RequestSizeLimitExceeded", requestID)
		return
	}
	if code := checkEnvelope(r); code != "" {
		refuse(w, code, requestID)
		return
	}
	if code := f.checkSignature(r, body); code != "" {
		refuse(w, code, requestID)
		return
	}
	query, code := readQuery(r.Header.Get("X-TC-Action"), body)
	if code != "" {
		refuse(w, code, requestID)
		return
	}
	f.answer(w, r, query, requestID)
}

func (f *Fake) answer(w http.ResponseWriter, r *http.Request, query Query, requestID string) {
	fate := f.options.Fate(query)
	switch {
	case fate.Delivery == Hung:
		hold(r, maxHold)
		panic(http.ErrAbortHandler)
	case fate.Code != "":
		hold(r, fate.Delay)
		refuse(w, fate.Code, requestID)
		return
	}
	result := f.decide(query, fate, requestID)
	hold(r, fate.Delay)
	switch fate.Delivery {
	case Lost:
		hold(r, maxHold)
		panic(http.ErrAbortHandler)
	case Cut:
		panic(http.ErrAbortHandler)
	case Garbled:
		write(w, []byte(`{"Response":{"Result":"0","Descri`))
	case Answered, Hung:
		respond(w, map[string]any{"Result": result, "Description": "simulated", "RequestId": requestID})
	}
}

// hold waits for d, or until the caller leaves.
func hold(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}

func refuse(w http.ResponseWriter, code, requestID string) {
	respond(w, map[string]any{
		"Error":     map[string]any{"Code": code, "Message": "simulated refusal"},
		"RequestId": requestID,
	})
}

func respond(w http.ResponseWriter, response map[string]any) {
	body, err := json.Marshal(map[string]any{"Response": response})
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	write(w, body)
}

// write leaves a caller that has gone alone.
func write(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

// newRequestID gives a UUID, as the vendor's request ids are.
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
