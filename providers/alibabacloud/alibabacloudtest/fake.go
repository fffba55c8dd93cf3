package alibabacloudtest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"renzheng/providers/fakes"
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

	decisions fakes.Decisions[Decision]

	mu     sync.Mutex
	nonces map[string]time.Time
}

var _ http.Handler = (*Fake)(nil)

// New returns a fake, or says what its options lack.
func New(o Options) (*Fake, error) {
	if o.AccessKeyID == "" || o.AccessKeySecret == "" || o.Clock == nil {
		return nil, errors.New("alibabacloudtest: requires an access key id, its secret and a clock")
	}
	if o.Fate == nil {
		o.Fate = func(Query) Fate { return Fate{} }
	}
	return &Fake{options: o, nonces: map[string]time.Time{}}, nil
}

// ServeHTTP answers as the vendor does: the gateway refuses with status 400,
// the service answers 200 whatever it says.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := strings.ToUpper(fakes.UUID())
	body, code := fakes.Admit(w, r, "InvalidParameter", checkEnvelope, f.checkSignature)
	if code != "" {
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
	case fate.Delivery == fakes.Hung:
		fakes.Hang(r)
	case fate.Gateway != "":
		fakes.Hold(r, fate.Delay)
		refuse(w, fate.Gateway, requestID)
		return
	case fate.Code != "":
		fakes.Hold(r, fate.Delay)
		respond(w, http.StatusOK, map[string]any{"Code": fate.Code, "Message": "simulated", "RequestId": requestID})
		return
	}
	made := f.decide(query, fate, requestID)
	fakes.Hold(r, fate.Delay)
	switch fate.Delivery {
	case fakes.Lost:
		fakes.Hang(r)
	case fakes.Cut:
		panic(http.ErrAbortHandler)
	case fakes.Garbled:
		write(w, []byte(`{"Code":"200","ResultObject":{"BizCode":"1","Sub`))
	case fakes.Answered, fakes.Hung:
		result := map[string]any{"BizCode": made.Biz}
		if made.Sub != "" {
			result["SubCode"] = made.Sub
		}
		respond(w, http.StatusOK, map[string]any{"Code": "200", "Message": "success", "RequestId": requestID, "ResultObject": result})
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
