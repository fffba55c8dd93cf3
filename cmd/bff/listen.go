package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// listen opens a listener on each address. If one fails, it closes the others.
func listen(ctx context.Context, addresses ...string) ([]net.Listener, error) {
	var open []net.Listener
	for _, address := range addresses {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err != nil {
			for _, earlier := range open {
				_ = earlier.Close()
			}
			return nil, fmt.Errorf("listening on %s: %w", address, err)
		}
		open = append(open, listener)
	}
	return open, nil
}

// serveOn serves until ctx ends, then waits up to patience for running requests.
func serveOn(ctx context.Context, listener net.Listener, server *http.Server, patience time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("ending running requests: %w", err), server.Close())
	}
	return nil
}
