package main

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"renzheng/providers/registry"
	"renzheng/todo"
)

// stub is the server that a registry's system calls. It answers for the events that
// were delivered, and keeps what was requested.
type stub struct {
	verifier *registry.Verifier
	jwks     []byte
	mux      *http.ServeMux

	mu       sync.Mutex
	feed     []event
	evidence map[string][]byte // by case, signer and revision
	fetches  []string          // keys of evidence in the order of the requests, also if there is none
	after    []int64           // of the requests of the feed
	served   []int64           // next_after of the answers with events
	signed   int               // requests that were accepted
	rejected []string          // codes and rules of the others
	keysRead bool              // whether the keys of receipts were requested
	arrived  chan struct{}     // closed when the next request for evidence arrives, or is rejected
}

func newStub(verifier *registry.Verifier, jwks []byte) *stub {
	s := &stub{verifier: verifier, jwks: jwks, mux: http.NewServeMux(), evidence: map[string][]byte{}, arrived: make(chan struct{})}
	s.mux.HandleFunc("GET /.well-known/jwks.json", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		s.keysRead = true
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(s.jwks)
	})
	s.mux.HandleFunc("GET /registry/v1/events", s.authenticated(s.serveFeed))
	s.mux.HandleFunc("GET /registry/v1/cases/{case_id}/signers/{signer_id}/evidence", s.authenticated(s.serveEvidence))
	s.mux.HandleFunc("/", s.authenticated(func(w http.ResponseWriter, _ *http.Request) {
		problem(w, http.StatusNotFound, "not_found")
	}))
	return s
}

// ServeHTTP answers a request.
func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// authenticated passes on requests that are signed as docs/registry.md says.
func (s *stub) authenticated(next http.HandlerFunc) http.HandlerFunc {
	const maxBody = 2 << 20
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			problem(w, http.StatusRequestEntityTooLarge, "body_too_large")
			return
		}
		_, err = s.verifier.Check(r, body)
		s.mu.Lock()
		rejection, rejected := errors.AsType[*todo.RequestError](err)
		if rejected {
			s.rejected = append(s.rejected, strings.TrimSpace(r.Method+" "+r.URL.Path+": "+rejection.Code+" "+rejection.Rule))
			s.announce()
		} else {
			s.signed++
		}
		s.mu.Unlock()
		if err != nil {
			problem(w, http.StatusUnauthorized, rejection.Code)
			return
		}
		next(w, r)
	}
}

func (s *stub) serveFeed(w http.ResponseWriter, r *http.Request) {
	after, err := strconv.ParseInt("0"+r.URL.Query().Get("after"), 10, 64)
	if err != nil {
		problem(w, http.StatusUnprocessableEntity, "values_invalid")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.after = append(s.after, after)
	events, next := []object{}, after
	for i, e := range s.feed {
		if position := int64(i) + 1; position > after {
			entry := object{"id": e.id, "type": e.kind, "position": position, "created_at": e.at.UTC()}
			for name, value := range e.data {
				if name != "registry_id" {
					entry[name] = value
				}
			}
			events, next = append(events, entry), position
		}
	}
	if next != after {
		s.served = append(s.served, next) // a position that the registry made up is not one of ours
	}
	w.Header().Set("Content-Type", "application/json")
	writeJSON(w, object{"events": events, "next_after": next})
}

func (s *stub) serveEvidence(w http.ResponseWriter, r *http.Request) {
	key := evidenceKey(r.PathValue("case_id"), r.PathValue("signer_id"), r.URL.Query().Get("revision"))
	s.mu.Lock()
	file, ok := s.evidence[key]
	s.fetches = append(s.fetches, key)
	s.announce()
	s.mu.Unlock()
	if !ok {
		problem(w, http.StatusNotFound, "not_found")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(file)
}

// announce ends the pause of those who wait for a request; the caller holds the lock.
func (s *stub) announce() {
	close(s.arrived)
	s.arrived = make(chan struct{})
}

func evidenceKey(caseID, signerID, revision string) string {
	return caseID + "/" + signerID + "?revision=" + revision
}

// publish puts an event into the feed, and the file that is answered for its answer.
func (s *stub) publish(e event, a answer, file []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.feed = append(s.feed, e)
	if file != nil {
		s.evidence[evidenceKey(a.caseID, a.signerID, strconv.FormatInt(a.revision, 10))] = file
	}
}

// fetched waits until the evidence of an answer was requested so many times. It
// returns whether that happened, and the last request for evidence.
func (s *stub) fetched(a answer, times int, patience time.Duration) (bool, string) {
	key := evidenceKey(a.caseID, a.signerID, strconv.FormatInt(a.revision, 10))
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		s.mu.Lock()
		n, last, arrived, unsigned := 0, "", s.arrived, len(s.rejected) > 0
		for _, fetch := range s.fetches {
			if last = fetch; fetch == key {
				n++
			}
		}
		s.mu.Unlock()
		if n >= times || unsigned { // nothing can be told from requests that are rejected
			return n >= times, last
		}
		select {
		case <-arrived:
		case <-end.C:
			return false, last
		}
	}
}

// rejects reports whether a request was rejected.
func (s *stub) rejects() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rejected) > 0
}

// strayPosition returns a position of the feed that was requested and is not known
// from an answer.
func (s *stub) strayPosition() (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, after := range s.after {
		if after != 0 && !slices.Contains(s.served, after) {
			return after, true
		}
	}
	return 0, false
}

func problem(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	writeJSON(w, object{"type": "urn:renzheng:problem:" + code, "title": code, "status": status, "code": code})
}

// writeJSON writes the body of an answer. An error is the registry's, which has left.
func writeJSON(w http.ResponseWriter, value object) {
	_, _ = w.Write(value.encode())
}
