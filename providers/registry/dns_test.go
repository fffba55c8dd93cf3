package registry_test

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// fakeNames is a name server whose answer to every question may change.
type fakeNames struct {
	mu        sync.Mutex
	addresses []netip.Addr // IPv4
}

func (f *fakeNames) answer(addresses ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.addresses = nil
	for _, a := range addresses {
		f.addresses = append(f.addresses, netip.MustParseAddr(a))
	}
}

// resolver starts the server and returns a resolver that asks it.
func (f *fakeNames) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	go f.serve(socket)
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", socket.LocalAddr().String())
	}}
}

func (f *fakeNames) serve(socket net.PacketConn) {
	buffer := make([]byte, 4096)
	for {
		n, from, err := socket.ReadFrom(buffer)
		if err != nil {
			return // the test is over
		}
		var m dnsmessage.Message
		if m.Unpack(buffer[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Authoritative, m.Additionals = true, true, nil
		f.mu.Lock()
		for _, a := range f.addresses {
			if m.Questions[0].Type == dnsmessage.TypeA {
				m.Answers = append(m.Answers, dnsmessage.Resource{
					Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET},
					Body:   &dnsmessage.AResource{A: a.As4()},
				})
			}
		}
		f.mu.Unlock()
		if packed, err := m.Pack(); err == nil {
			_, _ = socket.WriteTo(packed, from)
		}
	}
}
