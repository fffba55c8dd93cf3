package registry

import (
	"net/netip"
	"testing"
)

// Permits asks the guard of an allow-list; real sockets reach few of these
// addresses.
func Permits(t *testing.T, allow []string, host string, a netip.Addr) bool {
	t.Helper()
	var g dialGuard
	for _, entry := range allow {
		if problem := g.allow(entry, host); problem != "" {
			t.Fatalf("%s %s", entry, problem)
		}
	}
	return g.permits(a)
}

// PermitsPlain asks the guard of a call-back by plain http that allows
// everything it can.
func PermitsPlain(a netip.Addr) bool {
	return (&dialGuard{publicHost: true, networks: prefixes("127.0.0.0/8", "10.0.0.0/8"), loopbackOnly: true}).permits(a)
}
