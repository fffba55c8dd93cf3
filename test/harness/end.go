package harness

import (
	"context"
	"errors"
	"time"
)

// Process gives the id of the server's process, 0 inside this one.
func (s *Server) Process() int {
	if s.command == nil {
		return 0
	}
	return s.command.Process.Pid
}

// Ended is closed when the server has ended, asked or not.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// Stop asks the server to end as an operator would and waits for it.
func (s *Server) Stop() error {
	s.stop()
	select {
	case <-s.ended:
		return s.err
	case <-time.After(stopTime):
		s.Kill()
		return errors.New("the server did not end when asked")
	}
}

// Kill ends a program at once, with SIGKILL, and waits until it is gone. Inside
// this process it is the same as asking.
func (s *Server) Kill() {
	if s.command == nil {
		s.stop()
	} else {
		_ = s.command.Process.Kill()
	}
	<-s.ended
}

// Free says which of the addresses another program has taken.
func Free(ctx context.Context, addresses ...string) error {
	var problems []error
	for _, address := range addresses {
		listener, err := listen(ctx, address)
		if err == nil {
			err = listener.Close()
		}
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}
