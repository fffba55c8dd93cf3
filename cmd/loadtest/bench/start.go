package bench

import (
	"context"
	"errors"
	"time"
)

// measureStart prints how long the server takes to be ready, on its database as
// the loads have left it, and what memory it holds when nobody asks anything.
func (s *fixture) measureStart(ctx context.Context) error {
	var times, memories []float64
	for range s.options.StartTimes {
		begun := time.Now()
		server, err := s.startServer(ctx)
		if err != nil {
			return err
		}
		times = append(times, float64(time.Since(begun).Milliseconds()))
		time.Sleep(s.options.IdlePause)
		memory, err := residentMemory(server.Process())
		if err = errors.Join(err, server.Stop()); err != nil {
			return err
		}
		memories = append(memories, memory)
	}
	if err := s.say("start: %s %.0f ms", s.place.Engine, median(times)); err != nil {
		return err
	}
	return s.say("memory: %s %.0f MiB", s.place.Engine, median(memories))
}
