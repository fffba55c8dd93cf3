package alibabacloudtest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"renzheng/providers/fakes"
)

const (
	photoAction  = "RecognizeIdcard"
	photoVersion = "2021-07-07"
	photoType    = "application/octet-stream"
	maxPhoto     = 10 << 20 // the vendor's
)

// PhotoFate is what the recognition finds. The zero value finds no side.
type PhotoFate struct {
	Name, Number        string // of the front, which is in the picture if one of them is given
	Issuer, Valid       string // of the back, likewise; such as 2010.07.21-2020.07.21
	Copy, Reshot        bool
	Incomplete, Blurred bool
	Tampered            bool
	Code                string // of the service, such as illegalImageContent
	Status              int    // with Code; 0 = 400
	Delivery            fakes.Delivery
	WithoutWarning      bool // the answer lacks the scores
}

// PhotoFake is the vendor's text recognition. Safe for concurrent use.
type PhotoFake struct {
	service *Fake
	fate    func(picture []byte) PhotoFate
}

var _ http.Handler = (*PhotoFake)(nil)

// NewPhoto returns a fake whose findings are those of fate. Of the options it uses the key and the clock.
func NewPhoto(o Options, fate func(picture []byte) PhotoFate) (*PhotoFake, error) {
	service, err := New(o)
	if err != nil {
		return nil, err
	}
	return &PhotoFake{service, fate}, nil
}

// ServeHTTP answers as the vendor does: errors have a status of 400 or more.
func (f *PhotoFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := strings.ToUpper(fakes.UUID())
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPhoto+1))
	code, status := f.check(r, body), http.StatusBadRequest
	if err != nil || len(body) > maxPhoto {
		code, status = "exceededImageContent", http.StatusRequestEntityTooLarge
	}
	if code != "" {
		respond(w, status, map[string]any{"Code": code, "Message": "simulated", "RequestId": requestID})
		return
	}
	fate := f.fate(body)
	switch {
	case fate.Delivery == fakes.Hung || fate.Delivery == fakes.Lost:
		fakes.Hang(r)
	case fate.Delivery == fakes.Cut:
		panic(http.ErrAbortHandler)
	case fate.Delivery == fakes.Garbled:
		write(w, []byte(`{"Data":"{\"data\":{\"face`))
	case fate.Code != "":
		if fate.Status != 0 {
			status = fate.Status
		}
		respond(w, status, map[string]any{"Code": fate.Code, "Message": "simulated", "RequestId": requestID})
	default:
		respond(w, http.StatusOK, map[string]any{"RequestId": requestID, "Data": fate.data(r.URL.Query().Get("OutputQualityInfo"))})
	}
}

// check returns the vendor's code for what is wrong with a request, or "".
func (f *PhotoFake) check(r *http.Request, body []byte) string {
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/":
		return "UnsupportedHTTPMethod"
	case r.Header.Get("X-Acs-Action") != photoAction:
		return "InvalidAction.NotFound"
	case r.Header.Get("X-Acs-Version") != photoVersion:
		return "InvalidVersion"
	case r.Header.Get("Content-Type") != photoType:
		return "UnsupportedContentType"
	}
	if code := f.service.checkSignature(r, body); code != "" {
		return code
	}
	switch {
	case len(body) == 0:
		return "MissingImageUrl"
	case len(body) < 3 || string(body[:3]) != "\xff\xd8\xff": // only JPEG is sent here
		return "unsupportedImageFormat"
	}
	return ""
}

// data returns the text of what was found, with scores if the parameter asks for them.
func (f PhotoFate) data(qualityInfo string) string {
	score := func(bad bool, when, otherwise float64) float64 {
		if bad {
			return when
		}
		return otherwise
	}
	scores := map[string]any{
		"isCopy": score(f.Copy, 1, 0), "isReshoot": score(f.Reshot, 1, 0), "completenessScore": score(f.Incomplete, 41.5, 99.5),
		"qualityScore": score(f.Blurred, 12.5, 90), "tamperScore": score(f.Tampered, 87.5, 0.5),
	}
	sides := map[string]any{}
	add := func(name string, values map[string]any) {
		side := map[string]any{"algo_version": "simulated", "angle": 0, "data": values}
		if qualityInfo == "true" && !f.WithoutWarning {
			side["warning"] = scores
		}
		sides[name] = side
	}
	if f.Name != "" || f.Number != "" {
		add("face", map[string]any{"name": f.Name, "sex": "", "ethnicity": "", "birthDate": "", "address": "", "idNumber": f.Number})
	}
	if f.Issuer != "" || f.Valid != "" {
		add("back", map[string]any{"issueAuthority": f.Issuer, "validPeriod": f.Valid})
	}
	text, err := json.Marshal(map[string]any{"data": sides, "height": 1, "width": 1})
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return string(text)
}
