package main

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

// newAnswer returns an answer that no other call returns.
func (e *endpoint) newAnswer() answer {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.serial++
	a := answer{
		caseID: e.command.CaseID, signerID: e.command.SignerID, todoID: "tod_" + strings.ToLower(rand.Text()),
		confirmationID: "cfm_" + strings.ToLower(rand.Text()), revision: int64(e.serial),
	}
	if a.caseID == "" {
		a.caseID = "registry-check-" + strings.ToLower(rand.Text())
	}
	return a
}

// newEvent returns an event about an answer.
func (e *endpoint) newEvent(kind todo.EventType, a answer) event {
	data := object{
		"registry_id": e.command.RegistryID, "case_id": a.caseID, "signer_id": a.signerID, "todo_id": a.todoID, "revision": a.revision,
	}
	if a.receipt != "" {
		data["confirmation_id"], data["receipt"] = a.confirmationID, a.receipt
	}
	return event{id: "evt_" + strings.ToLower(rand.Text()), kind: kind, at: time.Now(), data: data}
}

// expired returns an event without a receipt.
func (e *endpoint) expired() event { return e.newEvent(todo.EventExpired, e.newAnswer()) }

// answered returns an event with the receipt of an answer that a sealer sealed.
func (e *endpoint) answered(s *sealer, kind todo.EventType) (event, answer, error) {
	decision := map[todo.EventType]receipt.Decision{
		todo.EventConfirmed: receipt.Confirmed, todo.EventDeclined: receipt.Declined, todo.EventDoneAtWindow: receipt.DoneAtWindow,
	}[kind]
	a, err := s.seal(e.newAnswer(), decision, time.Now())
	return e.newEvent(kind, a), a, err
}

// signed returns the delivery of an event now.
func (e *endpoint) signed(v event) delivery { return v.sign(e.secret, time.Now()) }

// altered returns a text with another character in its middle.
func altered(text string) string {
	at := len(text) / 2
	replacement := "A"
	if text[at] == 'A' {
		replacement = "B"
	}
	return text[:at] + replacement + text[at+1:]
}

// knownTypes are the types of events that docs/registry.md lists.
func knownTypes() []todo.EventType {
	return []todo.EventType{
		todo.EventConfirmed, todo.EventDeclined, todo.EventDoneAtWindow, todo.EventExpired, todo.EventSuperseded, todo.EventNameMismatch,
		todo.EventViewed, todo.EventVerified, todo.EventPortraitExpiring, todo.EventErased,
		todo.EventFrozen, todo.EventUnfrozen, todo.EventReported,
	}
}

// eventOf returns an event of a type, published with its evidence.
func (e *endpoint) eventOf(kind todo.EventType) (event, error) {
	if !slices.Contains([]todo.EventType{todo.EventConfirmed, todo.EventDeclined, todo.EventDoneAtWindow}, kind) {
		v := e.newEvent(kind, e.newAnswer())
		e.stub.publish(v, answer{}, nil)
		return v, nil
	}
	v, a, err := e.answered(e.sealer, kind)
	if err != nil {
		return event{}, fmt.Errorf("making an event: %w", err)
	}
	e.stub.publish(v, a, a.evidence)
	return v, nil
}
