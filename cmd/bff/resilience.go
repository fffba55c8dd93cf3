package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"renzheng/cmd/bff/config"
	"renzheng/providers/resilience"
)

// guard wraps every call of every third party in a circuit breaker and a limit of
// concurrent calls, and tells an observer what becomes of them.
func (t *thirdParties) guard(c config.Resilience, r prometheus.Registerer, observer resilience.Observer) error {
	guard, err := resilience.New(c.Adapter(), r)
	if err != nil {
		return err
	}
	guard.Observe(observer)
	for channel, inner := range t.authorizers {
		t.authorizers[channel] = guard.Authorizer(string(channel), inner)
	}
	for channel, inner := range t.prefillers {
		t.prefillers[channel] = guard.Prefiller(string(channel), inner)
	}
	for channel, inner := range t.owners {
		t.owners[channel] = guard.OwnerChecker(payName, inner)
	}
	for name, inner := range t.faces {
		t.faces[name] = guard.FaceChecker(name, inner)
	}
	for name, inner := range t.bankCards {
		t.bankCards[name] = guard.BankCardChecker(name, inner)
	}
	for name, inner := range t.fourElements {
		t.fourElements[name] = guard.FourElementsChecker(name, inner)
	}
	for name, inner := range t.documents {
		t.documents[name] = guard.DocumentChecker(name, inner)
	}
	for i, inner := range t.recognizers {
		t.recognizers[i] = guard.Recognizer(t.recognizerNames[i], inner)
	}
	for i, inner := range t.senders {
		t.senders[i] = guard.Sender(t.senderNames[i], inner)
	}
	if t.account != nil {
		t.account = guard.OfficialAccount(supportName, t.account)
	}
	return nil
}
