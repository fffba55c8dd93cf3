package tencentcloudtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"renzheng/providers/fakes"
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

	decisions fakes.Decisions[Decision]
}

var _ http.Handler = (*Fake)(nil)

// New returns a fake, or says what its options lack.
func New(o Options) (*Fake, error) {
	if o.SecretID == "" || o.SecretKey == "" || o.Clock == nil {
		return nil, errors.New("tencentcloudtest: requires a secret id, a secret key and a clock")
	}
	if o.Fate == nil {
		o.Fate = func(Query) Fate { return Fate{} }
	}
	return &Fake{options: o}, nil
}

// ServeHTTP answers as the vendor does: with status 200 whatever it says.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := fakes.UUID()
	body, code := fakes.Admit(w, r, "RequestSizeLimitExceeded", checkEnvelope, f.checkSignature)
	if code != "" {
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
	case fate.Delivery == fakes.Hung:
		fakes.Hang(r)
	case fate.Code != "":
		fakes.Hold(r, fate.Delay)
		refuse(w, fate.Code, requestID)
		return
	}
	result := f.decide(query, fate, requestID)
	fakes.Hold(r, fate.Delay)
	switch fate.Delivery {
	case fakes.Lost:
		fakes.Hang(r)
	case fakes.Cut:
		panic(http.ErrAbortHandler)
	case fakes.Garbled:
		write(w, []byte(`{"Response":{"Result":"0","Descri`))
	case fakes.Answered, fakes.Hung:
		respond(w, map[string]any{"Result": result, "Description": "simulated", "RequestId": requestID})
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
