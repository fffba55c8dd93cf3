package registry

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"

	"renzheng/todo"
)

// Probe connects to the call-back of a registry as a delivery does, with TLS and the
// same rules on addresses, and sends nothing. It returns false if the registry has no
// call-back.
//
// Errors: those of Deliver.
func (d *Deliverer) Probe(ctx context.Context, registryID string) (hasCallback bool, err error) {
	registry, ok := d.config.Directory.Current().registries[registryID]
	if !ok {
		return false, &todo.DeliveryError{Reason: reasonUnknown}
	}
	if registry.callback == nil {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Timeout)
	defer cancel()
	if err = d.config.connect(ctx, registry.callback); err != nil {
		return true, &todo.DeliveryError{Reason: reasonOf(err)} // the error itself names the address
	}
	return true, nil
}

// connect opens and closes a connection.
func (c DelivererConfig) connect(ctx context.Context, target *callback) error {
	address, err := url.Parse(target.url)
	if err != nil {
		return fmt.Errorf("reading a call-back: %w", err)
	}
	port := address.Port()
	if port == "" {
		port = map[string]string{schemeHTTPS: "443", schemeHTTP: "80"}[address.Scheme]
	}
	dialer := c.dialer(target.dialGuard)
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(address.Hostname(), port))
	if err != nil {
		return fmt.Errorf("connecting to a call-back: %w", err)
	}
	defer func() { _ = conn.Close() }()
	if address.Scheme == schemeHTTP {
		return nil
	}
	settings := c.tlsConfig()
	settings.ServerName = address.Hostname()
	if err = tls.Client(conn, settings).HandshakeContext(ctx); err != nil {
		return fmt.Errorf("agreeing on TLS with a call-back: %w", err)
	}
	return nil
}
