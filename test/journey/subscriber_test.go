package journey_test

import (
	"testing"
	"time"

	"renzheng/test/journey"
	"renzheng/test/people"
)

// A person registers although the first SMS service sends nothing to the number, which ends in 7: the next one does.
func TestRun_RegistersByTheNextServiceThatSends(t *testing.T) {
	t.Parallel()
	w, server, _ := sandbox(t, "")
	play(t, journey.Options{Server: server.URL, Sandbox: w.URL, Patience: time.Minute, Roles: people.InAlipay(people.Registers), Serial: 1237})
	const phone = "19935001237"
	if first, next := len(w.TencentSMS.Inbox(phone)), len(w.AlibabaSMS.Inbox(phone)); first != 0 || next != 1 {
		t.Errorf("got %d messages by the first service and %d by the next, want one by the next", first, next)
	}
}
