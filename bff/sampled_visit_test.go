package bff_test

import (
	"strings"
	"testing"
	"time"
)

const samplesDocument = "../docs/api-samples.md"

// sampledVisit is a person's visit, some calls of which become the samples of a document.
type sampledVisit struct {
	person

	wire  wireText
	calls strings.Builder // since the last sample
	steps int
}

// show makes a call and keeps it for the next sample.
func (v *sampledVisit) show(t *testing.T, method, path string, body any, status int) reply {
	t.Helper()
	v.w.pass(20 * time.Second)
	sent := request{method: method, path: path, body: body, token: v.token}
	if keyed(t, method, path) {
		sent.key = newKey()
	}
	got := v.w.send(t, sent).want(t, status, "")
	v.calls.WriteString(v.wire.request(t, sent) + v.wire.reply(t, got))
	return got
}

// step compares the calls since the last step with their place in the document.
func (v *sampledVisit) step(t *testing.T, name string) {
	t.Helper()
	sample(t, samplesDocument, name, v.calls.String())
	v.calls.Reset()
	v.steps++
}

// keyed reports whether the contract requires an Idempotency-Key.
func keyed(t *testing.T, method, path string) bool {
	t.Helper()
	sent := request{method: method, path: path}.http(t)
	route, _, err := contractRouter(t).FindRoute(sent)
	if err != nil {
		t.Fatal(err)
	}
	return route.Operation.Parameters.GetByInAndName("header", "Idempotency-Key") != nil
}
