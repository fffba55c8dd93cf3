package registry

import (
	"net/netip"
	"testing"
)

// Permits asks the guard of an allow-list; real sockets reach few of these
// addresses.
func Permits(t *testing.T, allow []string, host string, a netip.Addr) bool {
	t.Helper()
	var g guard
	for _, entry := range allow {
		if problem := g.allow(entry, host); problem != "" {
			t.Fatalf("%s %s", entry, problem)
		}
	}
	return g.permits(a)
}
