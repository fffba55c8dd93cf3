package bench

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// gates is what the server's metrics say of its breakers and bulkheads.
type gates struct {
	open     int   // breakers that are not closed
	rejected int64 // calls that were not made, since the start
}

// gates reads the server's metrics.
func (b *brownout) gates(ctx context.Context) (g gates, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.server.Admin+"/metrics", http.NoBody)
	if err != nil {
		return g, fmt.Errorf("making a request: %w", err)
	}
	answer, err := b.side.client.Do(request)
	if err != nil {
		return g, fmt.Errorf("reading the metrics: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		name, number, _ := strings.Cut(lines.Text(), "} ")
		value, err := strconv.ParseFloat(number, 64)
		switch {
		case err != nil:
		case strings.HasPrefix(name, "bff_provider_breaker_state{") && value != 0:
			g.open++
		case strings.HasPrefix(name, "bff_provider_rejections_total{"):
			g.rejected += int64(value)
		}
	}
	return g, lines.Err()
}
