package harness_test

import (
	"net"
	"testing"

	"renzheng/test/harness"
)

func TestReserve_KeepsAnAddressForAListenerThatComesAndGoes(t *testing.T) {
	t.Parallel()
	address, err := harness.Reserve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = address.Release() })
	for range 2 {
		if connection, err := net.Dial("tcp", address.String()); err == nil {
			_ = connection.Close()
			t.Fatal("got a connection before anybody listens, want it refused")
		}
		listener, err := net.Listen("tcp", address.String())
		if err != nil {
			t.Fatal(err)
		}
		if second, err := net.Listen("tcp", address.String()); err == nil {
			_ = second.Close()
			t.Error("got a second listener on the address, want an error")
		}
		if err := listener.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
