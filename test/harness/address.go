package harness

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"syscall"
)

// Address is an address of loopback that is reserved for a program that this
// process starts. The port is bound but does not listen. Connections are refused
// until the program listens on it, which it can do again after each restart. The
// kernel does not assign the port to other programs that ask for a free one.
type Address struct {
	host netip.AddrPort
	file *os.File
}

// Reserve reserves an address with a free port.
func Reserve() (*Address, error) {
	syscall.ForkLock.RLock() // so that no child inherits the socket before it is marked
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(socket)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, fmt.Errorf("reserving an address: %w", err)
	}
	a := &Address{file: os.NewFile(uintptr(socket), "reserved address")}
	if err := a.bind(socket); err != nil {
		return nil, errors.Join(fmt.Errorf("reserving an address: %w", err), a.Release())
	}
	return a, nil
}

// bind takes a free port. A listener, which sets SO_REUSEADDR too, may share the
// port with a socket that does not listen.
func (a *Address) bind(socket int) error {
	loopback := syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}
	if err := syscall.SetsockoptInt(socket, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return err
	}
	if err := syscall.Bind(socket, &loopback); err != nil {
		return err
	}
	name, err := syscall.Getsockname(socket)
	if err != nil {
		return err
	}
	bound, ok := name.(*syscall.SockaddrInet4)
	if !ok {
		return errors.New("the socket has an address of another family")
	}
	a.host = netip.AddrPortFrom(netip.AddrFrom4(bound.Addr), uint16(bound.Port))
	return nil
}

// String returns HOST:PORT.
func (a *Address) String() string { return a.host.String() }

// Release ends the reservation. A program that listens on the address is not
// disturbed.
func (a *Address) Release() error { return a.file.Close() }
