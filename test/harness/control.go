package harness

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

const maxCaseBytes = 4 << 20 // the largest case has a hundred signers

// CaseReport is what the registry received about one case.
type CaseReport struct {
	Events   []EventReport `json:"events"`
	Refusals []string      `json:"refusals"` // why pushes of any case were rejected
}

// EventReport is one event as the registry has it.
type EventReport struct {
	ID             string `json:"id"`
	Type           string `json:"type"`
	SignerID       string `json:"signer_id"`
	TodoID         string `json:"todo_id"`
	Revision       int64  `json:"revision"`
	ConfirmationID string `json:"confirmation_id"`
	Receipt        string `json:"receipt"`
	Times          int    `json:"times"`
	Evidence       string `json:"evidence"` // one of the Evidence constants, or what does not match
}

// States of the evidence of an event.
const (
	EvidenceGood    = "good"    // fetched, and it matches the receipt
	EvidenceMissing = "missing" // not fetched, or not yet
)

// serveSource distinguishes the two clouds by the first word of the signature, and their text recognitions and messages by the action.
func (s *Sandbox) serveSource(out http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("X-Acs-Action") == "RecognizeIdcard":
		s.AlibabaPhotos.ServeHTTP(out, r)
		return
	case r.Header.Get("X-Tc-Action") == "SendSms":
		s.TencentSMS.ServeHTTP(out, r)
		return
	case r.Header.Get("X-Acs-Action") == "SendSms":
		s.AlibabaSMS.ServeHTTP(out, r)
		return
	case r.Header.Get("X-Tc-Action") == "IDCardOCR":
		s.TencentPhotos.ServeHTTP(out, r)
		return
	}
	if strings.HasPrefix(r.Header.Get("Authorization"), "ACS3-") {
		s.Alibaba.ServeHTTP(out, r)
		return
	}
	s.Tencent.ServeHTTP(out, r)
}

// serveRevoke ends WeChat's access token, as a forced refresh by another program does.
func (s *Sandbox) serveRevoke(out http.ResponseWriter, _ *http.Request) {
	s.WeChat.Revoke(wechatAppID)
	answer(out, map[string]any{}, nil)
}

func (s *Sandbox) servePush(out http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxCaseBytes))
	if err != nil {
		http.Error(out, "the case cannot be read", http.StatusRequestEntityTooLarge)
		return
	}
	var pushed registrytest.Case
	if err = json.Unmarshal(content, &pushed); err != nil {
		http.Error(out, "the body is no case", http.StatusBadRequest)
		return
	}
	state, err := s.push(r.Context(), r.PathValue("case_id"), pushed)
	answer(out, state, err)
}

func (s *Sandbox) serveReport(out http.ResponseWriter, r *http.Request) {
	report := s.Report(r.PathValue("case_id"))
	if slices.ContainsFunc(report.Events, EventReport.incomplete) {
		s.Registry.FetchMissing(r.Context())
		report = s.Report(r.PathValue("case_id"))
	}
	answer(out, report, nil)
}

// incomplete reports whether the registry lacks the evidence of an answer.
func (e EventReport) incomplete() bool {
	return registrytest.NeedsEvidence(todo.EventType(e.Type)) && e.Evidence == EvidenceMissing
}

// Report returns what the registry received about a case.
func (s *Sandbox) Report(caseID string) CaseReport {
	report := CaseReport{Events: []EventReport{}, Refusals: []string{}}
	for _, record := range s.Registry.Records() {
		if record.Event.Data.CaseID == caseID {
			report.Events = append(report.Events, reportOf(record))
		}
	}
	for _, refusal := range s.Registry.Refusals() {
		report.Refusals = append(report.Refusals, refusal.Reason)
	}
	return report
}

func reportOf(r registrytest.Record) EventReport {
	evidence := EvidenceMissing
	switch {
	case r.Evidence == nil: // it may still arrive
	case r.EvidenceProblem != "":
		evidence = r.EvidenceProblem
	default:
		evidence = EvidenceGood
	}
	d := r.Event.Data
	return EventReport{
		ID: r.ID, Type: string(r.Event.Type), SignerID: d.SignerID, TodoID: d.TodoID, Revision: d.Revision,
		ConfirmationID: d.ConfirmationID, Receipt: d.Receipt, Times: r.Times, Evidence: evidence,
	}
}

// ClockState is the answer of the sandbox about its clock.
type ClockState struct {
	Now   time.Time `json:"now"`
	Ahead string    `json:"ahead"` // of the real time
}

// serveClock answers with the clock, after moving it by the form's "by" if there is one.
func (s *Sandbox) serveClock(out http.ResponseWriter, r *http.Request) {
	if text := r.FormValue("by"); text != "" {
		by, err := ParseMove(text)
		if err == nil {
			err = s.clock.move(by)
		}
		if err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
	}
	ahead, err := s.clock.ahead()
	answer(out, ClockState{Now: s.clock.system().Add(ahead).UTC().Truncate(time.Second), Ahead: ahead.String()}, err)
}
