package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
)

// countStatements prints how many statements one call of the list sends to the
// engine, through the server's own edge inside this process.
func (s *fixture) countStatements(ctx context.Context) (err error) {
	var c counter
	services, err := openServices(ctx, s.files, c.wrap)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, services.store.Close()) }()
	handler, err := services.edge() //nolint:contextcheck // a handler gets its context with each request
	if err != nil {
		return err
	}
	var n int64
	for range 2 { // what a pool does once is behind us at the second time
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/v1/todos", http.NoBody)
		request.Header.Set("Authorization", "Bearer "+s.seeds.reader.token)
		answer := httptest.NewRecorder()
		before := c.n.Load()
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			return fmt.Errorf("listing inside this process: got %d %.200s", answer.Code, answer.Body)
		}
		n = c.n.Load() - before
	}
	return s.say("statements: todos %s %d", s.place.Engine, n)
}
