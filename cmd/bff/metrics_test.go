package main

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/test/people"
)

// A person's whole story is in the metrics, and nothing of the person.
func TestMetrics_OfAPlayedServer(t *testing.T) {
	t.Parallel()
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0]})
	c := tr.enter(t, tr.newPerson(people.Passes))
	asked, _ := c.openTodo(t)
	c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated)
	until(t, "the event is delivered", func() bool {
		return strings.Contains(tr.metrics(t), `bff_deliveries_total{result="delivered"} 1`)
	})
	page := tr.metrics(t)
	for _, want := range []string{
		`bff_attempts_total{check="face",failure="",provider="alipay",result="passed"} 2`,
		`bff_attempts_total{check="bank_card",failure="",provider="`,
		`bff_verifications_total{purpose="access",state="passed"} 1`, `bff_verifications_total{purpose="confirm",state="passed"} 1`,
		`bff_confirmations_total{decision="confirmed"} 1`, `bff_queue_length{worker="reconcile"}`, `bff_queue_length{worker="sequence"}`,
		`bff_database_up 1`, `go_sql_open_connections{db_name="write"}`, `go_goroutines`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
}

// metrics returns the metrics of the first server.
func (tr *processFixture) metrics(t *testing.T) string {
	t.Helper()
	return string(caller{base: tr.servers[0].Admin}.get(t, "/metrics").is(t, http.StatusOK).body)
}
