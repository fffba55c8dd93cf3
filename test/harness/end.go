package harness

import (
	"context"
	"errors"
	"time"
)

// Process returns the id of the server's process, or 0 if it runs inside this one.
func (s *Server) Process() int {
	if s.command == nil {
		return 0
	}
	return s.command.Process.Pid
}

// Ended returns a channel that is closed when the server has ended.
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

// Kill ends a program with SIGKILL and waits until it has ended. Inside this process
// it stops the server like Stop.
func (s *Server) Kill() {
	if s.command == nil {
		s.stop()
	} else {
		_ = s.command.Process.Kill()
	}
	<-s.ended
}

// Free returns an error for each address that another program uses.
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
