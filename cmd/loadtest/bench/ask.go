package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// ask sends one request and reads its answer, whatever its status.
func (s side) ask(ctx context.Context, q shot, into any) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, q.method, s.base+q.path, bytes.NewReader(q.body))
	if err != nil {
		return 0, fmt.Errorf("making a request: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+q.token)
	if q.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if q.key != "" {
		request.Header.Set("Idempotency-Key", q.key)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return 0, fmt.Errorf("asking: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusNoContent {
		return answer.StatusCode, nil
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		return answer.StatusCode, fmt.Errorf("%s %s: reading an answer of status %d: %w", q.method, q.path, answer.StatusCode, err)
	}
	return answer.StatusCode, nil
}
