package registrytest

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/strictjson"
	"renzheng/todo"
)

const (
	maxEventBytes = 256 << 10       // an event with its receipt has below 40
	tolerance     = 5 * time.Minute // of webhook-timestamp, either way
	maxRefusals   = 100             // shown; older ones go
)

// serveEvent takes one push: 204 once it is on record, also when it was before.
func (g *Registry) serveEvent(w http.ResponseWriter, r *http.Request) {
	failure := g.options.Fail()
	if failure.before(w, r) {
		return
	}
	id := r.Header.Get(standardwebhooks.HeaderWebhookID)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEventBytes))
	if err != nil {
		g.refuse(w, id, refusal{http.StatusRequestEntityTooLarge, "the body cannot be read"})
		return
	}
	if !g.signed(r.Header, body) {
		g.refuse(w, id, refusal{http.StatusUnauthorized, "signature or timestamp do not hold"})
		return
	}
	event, err := g.readEvent(body)
	if err != nil {
		g.refuse(w, id, refusal{http.StatusBadRequest, err.Error()})
		return
	}
	if problem := g.checkReceipt(r.Context(), event); problem.status != 0 {
		g.refuse(w, id, problem)
		return
	}
	if !g.record(id, event) {
		g.refuse(w, id, refusal{http.StatusConflict, "the event has changed since it first came"})
		return
	}
	g.startFetch(r.Context(), id)
	if failure == Lost {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusNoContent)
}

type refusal struct {
	status int
	reason string
}

func (g *Registry) refuse(w http.ResponseWriter, id string, why refusal) {
	g.mu.Lock()
	g.refusals = append(g.refusals, Refusal{At: g.options.Clock(), ID: id, Reason: why.reason})
	g.refusals = g.refusals[max(0, len(g.refusals)-maxRefusals):]
	g.mu.Unlock()
	http.Error(w, why.reason, why.status)
}

// signed reports whether the push is signed under one of the secrets, and now. The
// library's own tolerance asks the machine's clock.
func (g *Registry) signed(header http.Header, body []byte) bool {
	seconds, err := strconv.ParseInt(header.Get(standardwebhooks.HeaderWebhookTimestamp), 10, 64)
	if err != nil || g.options.Clock().Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	return slices.ContainsFunc(g.secrets, func(secret *standardwebhooks.Webhook) bool {
		return secret.VerifyIgnoringTimestamp(body, header) == nil
	})
}

func (g *Registry) readEvent(body []byte) (Event, error) {
	var event Event
	if strictjson.Decode(body, &event) != nil {
		return Event{}, errors.New("the body is no event")
	}
	if event.Data.RegistryID != g.options.ID {
		return Event{}, errors.New("the event is another registry's")
	}
	return event, nil
}

// record puts the event on record, or says that its id came with another event.
func (g *Registry) record(id string, event Event) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if known := g.find(id); known != nil {
		known.Times++
		return known.Event == event
	}
	g.records = append(g.records, &Record{ID: id, Event: event, ReceivedAt: g.options.Clock(), Times: 1})
	return true
}

// find returns the record of an event; the caller holds the lock.
func (g *Registry) find(id string) *Record {
	at := slices.IndexFunc(g.records, func(r *Record) bool { return r.ID == id })
	if at < 0 {
		return nil
	}
	return g.records[at]
}

// answers reports whether an event brings an answer, and so a receipt.
func answers(kind todo.EventType) bool {
	return kind == todo.EventConfirmed || kind == todo.EventDeclined || kind == todo.EventDoneAtWindow
}
