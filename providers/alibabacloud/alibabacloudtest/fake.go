package alibabacloudtest

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

// Options of a Fake. AccessKeyID, AccessKeySecret and Clock are required.
type Options struct {
	AccessKeyID     string
	AccessKeySecret string
	Clock           func() time.Time
	Fate            func(Query) Fate // nil: every query passes
	TriesPerDay     int              // decisions for one card and Beijing day before TriesExceeded; 0: no limit
}

// Fake is the service. Safe for concurrent use.
type Fake struct {
	options Options

	mu        sync.Mutex
	decisions []Decision
	tries     map[cardDay]int
	nonces    map[string]time.Time
}

var _ http.Handler = (*Fake)(nil)

// New gives a fake, or says what its options lack.
func New(o Options) (*Fake, error) {
	if o.AccessKeyID == "" || o.AccessKeySecret == "" || o.Clock == nil {
		return nil, errors.New("alibabacloudtest: wants an access key id, its secret and a clock")
	}
	if o.Fate == nil {
		o.Fate = func(Query) Fate { return Fate{} }
	}
	return &Fake{options: o, tries: map[cardDay]int{}, nonces: map[string]time.Time{}}, nil
}

// ServeHTTP answers as the vendor does: the gateway refuses with status 400,
// the service answers 200 whatever it says.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := newRequestID()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if err != nil {
		refuse(w, "InvalidParameter", requestID)
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
	query, code := readQuery(r.Header.Get("X-Acs-Action"), body)
	if code != "" {
		respond(w, http.StatusOK, map[string]any{"Code": code, "Message": "simulated", "RequestId": requestID})
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
	case fate.Gateway != "":
		hold(r, fate.Delay)
		refuse(w, fate.Gateway, requestID)
		return
	case fate.Code != "":
		hold(r, fate.Delay)
		respond(w, http.StatusOK, map[string]any{"Code": fate.Code, "Message": "simulated", "RequestId": requestID})
		return
	}
	made := f.decide(query, fate, requestID)
	hold(r, fate.Delay)
	switch fate.Delivery {
	case Lost:
		hold(r, maxHold)
		panic(http.ErrAbortHandler)
	case Cut:
		panic(http.ErrAbortHandler)
	case Garbled:
		write(w, []byte(`{"Code":"200","ResultObject":{"BizCode":"1","Sub`))
	case Answered, Hung:
		result := map[string]any{"BizCode": made.Biz}
		if made.Sub != "" {
			result["SubCode"] = made.Sub
		}
		respond(w, http.StatusOK, map[string]any{"Code": "200", "Message": "success", "RequestId": requestID, "ResultObject": result})
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
	respond(w, http.StatusBadRequest, map[string]any{
		"Code": code, "Message": "simulated refusal", "RequestId": requestID, "HostId": "cloudauth.simulated",
	})
}

func respond(w http.ResponseWriter, status int, answer map[string]any) {
	body, err := json.Marshal(answer)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	write(w, body)
}

// write leaves a caller that has gone alone.
func write(w io.Writer, body []byte) { _, _ = w.Write(body) }

// newRequestID gives a UUID in capitals, as the vendor's request ids are.
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
