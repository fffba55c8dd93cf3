// Package appointment holds the rules of appointments (预约) and queue numbers (排队号) of the service window.
//
// # States
//
//	booked ──► arrived ──► (missed, if the person is absent when called)
//	  │  ├───► missed, when its time slot is over
//	  │  └───► withdrawn, if the office is not open any more at that time
//	  └──────► cancelled, until its time slot begins
//
//	waiting ──► called ──► served
//	  ▲           │ ▲
//	  │ early     ▼ │ called again
//	  └───────── absent
//
// A person who is absent before their time slot begins waits again, and is called in it.
//
// An appointment belongs to an account and to the window slip of the session that booked it. Neither it nor a queue number has
// a name or a document, and neither allows anything: who is served at the window is still decided by the original document.
//
// A day is a civil day in Beijing. Places of a time slot and numbers of a line are counters, each changed by one conditional
// statement, so that they hold on any number of replicas.
//
// The package knows no transport and no SQL; store.go says what it asks for.
package appointment
