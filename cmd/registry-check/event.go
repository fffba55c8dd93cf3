package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/todo"
)

// object is a JSON object.
type object map[string]any

// encode returns the object as JSON.
func (o object) encode() []byte {
	raw, err := json.Marshal(o)
	if err != nil {
		panic(err) // the values are texts and numbers
	}
	return raw
}

// event is an event to be delivered, right or wrong.
type event struct {
	id   string
	kind todo.EventType
	at   time.Time
	data object
	more object // further members of the body
}

// body returns the event as the server writes it.
func (e event) body() []byte {
	all := object{"type": e.kind, "timestamp": e.at.UTC(), "data": e.data}
	maps.Copy(all, e.more)
	return all.encode()
}

// delivery is one push of a body.
type delivery struct {
	id        string
	at        time.Time // of the attempt
	body      []byte
	signature string // "" = none
}

// sign returns the delivery of an event under a secret.
func (e event) sign(secret *standardwebhooks.Webhook, at time.Time) delivery {
	d := delivery{id: e.id, at: at, body: e.body()}
	return d.signedBy(secret)
}

// signedBy returns the delivery with a signature of a secret.
func (d delivery) signedBy(secret *standardwebhooks.Webhook) delivery {
	signature, err := secret.Sign(d.id, d.at, d.body)
	if err != nil {
		panic(err) // the library signs anything
	}
	d.signature = signature
	return d
}

// answered is how an endpoint answered.
type answered struct {
	status int
	took   time.Duration
	err    error
}

func (a answered) taken() bool { return a.err == nil && a.status >= 200 && a.status <= 299 }

func (a answered) String() string {
	if a.err != nil {
		return "no answer: " + a.err.Error()
	}
	return fmt.Sprintf("status %d in %d ms", a.status, a.took.Milliseconds())
}
