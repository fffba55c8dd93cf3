package harness

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

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

// handler serves the third parties, their pages and the controls of the journey:
//
//	GET  /                              the index page
//	POST /                              Tencent Cloud or Alibaba Cloud, by the way it is signed
//	     /gateway.do, /sandbox/face, /sandbox/code   Alipay
//	     /oauth2/publicAppAuthorize.htm              Alipay's sign-in on the web: choose who you are
//	     /sns/, /cgi-bin/, /wxa/, /cityservice/      WeChat
//	     /wechat/sandbox/               its page and its phone: face, code, phone-code, accept
//	GET  /wechat/sandbox/messages       how many messages WeChat delivered to an openid, and what the last one opens
//	POST /wechat/sandbox/revoke         ends its access token
//	     /v1/, /face/                   the authority's gateway and its face page
//	     /registry/                     the registry's page and its call-back
//	PUT  /sandbox/cases/{case_id}       the registry pushes a case
//	GET  /sandbox/cases/{case_id}       what the registry was told of it
//	POST /sandbox/people/{open_id}/case the registry pushes a sample case of a person
//	GET  /sandbox/clock                 the time of rules and sample persons; POST with by=+8d moves it
//	POST /sandbox/support               a person scans, subscribes, chooses or writes at the service account
func (s *Sandbox) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{$}", s.serveSource)
	mux.HandleFunc("GET /{$}", s.serveIndex)
	alipay := s.Alipay.Handler()
	mux.Handle("/gateway.do", alipay)
	mux.Handle("/sandbox/face", alipay)
	mux.Handle("/sandbox/code", alipay)
	mux.HandleFunc("GET "+authorizePath, s.serveAuthorize)
	mux.HandleFunc("POST "+authorizePath, s.serveAuthorized)
	wechat := s.WeChat.Handler()
	for _, path := range []string{"/sns/", "/cgi-bin/", "/wxa/", "/cityservice/"} {
		mux.Handle(path, wechat)
	}
	mux.Handle(wechatPath+"/", http.StripPrefix(wechatPath, wechat))
	mux.HandleFunc("POST "+wechatPath+"/sandbox/revoke", s.serveRevoke)
	mux.HandleFunc("GET "+wechatPath+"/sandbox/messages", s.serveMessages)
	for _, path := range []string{"/v1/", "/face/"} {
		mux.Handle(path, s.Agency)
	}
	mux.Handle(registryPath+"/", http.StripPrefix(registryPath, s.Registry))
	mux.HandleFunc("PUT /sandbox/cases/{case_id}", s.servePush)
	mux.HandleFunc("GET /sandbox/cases/{case_id}", s.serveReport)
	mux.HandleFunc("POST /sandbox/people/{open_id}/case", s.serveSampleCase)
	mux.HandleFunc("POST /sandbox/support", s.serveSupport)
	mux.HandleFunc("/sandbox/clock", s.serveClock)
	return http.NewCrossOriginProtection().Handler(mux)
}

const wechatPath = "/wechat" // its pages' names are Alipay's too

// serveSource distinguishes the two clouds by the first word of the signature.
func (s *Sandbox) serveSource(out http.ResponseWriter, r *http.Request) {
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

// Delivered describes what WeChat delivered to an account.
type Delivered struct {
	Subscribe int    `json:"subscribe"`
	Page      string `json:"page,omitempty"` // the page that the last message opens
}

func (s *Sandbox) serveMessages(out http.ResponseWriter, r *http.Request) {
	var got Delivered
	for _, m := range s.WeChat.Messages() {
		if m.OpenID == r.URL.Query().Get("openid") && m.Kind == "subscribe" {
			got.Subscribe++
			got.Page = m.Page
		}
	}
	answer(out, got, nil)
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
	state, err := s.Cases.PutCase(r.Context(), r.PathValue("case_id"), pushed)
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
	return e.Type == string(todo.EventConfirmed) && e.Evidence == EvidenceMissing
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

// answer writes a value as JSON, or the error of the server.
func answer(out http.ResponseWriter, value any, err error) {
	var problem *registrytest.ProblemError
	content, encodeErr := json.Marshal(value)
	switch {
	case errors.As(err, &problem):
		out.Header().Set("Content-Type", "application/problem+json")
		out.WriteHeader(problem.Status)
		_, _ = out.Write(problem.Body)
	case err != nil:
		http.Error(out, "the server cannot be asked: "+err.Error(), http.StatusBadGateway)
	case encodeErr != nil:
		http.Error(out, "the answer cannot be encoded", http.StatusInternalServerError)
	default:
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write(content) // the client may have left
	}
}
