package appeal

import (
	"context"
	"sync"
)

// openReadings are the calls by which this server has photos read. The zero value is empty. Safe for concurrent use.
type openReadings struct {
	mu    sync.Mutex
	calls map[*openReading]struct{}
}

// openReading is one such call.
type openReading struct {
	accountID string
	claimed   Material
	abort     context.CancelFunc
}

// begin returns a context that abort ends, and what to call at the end of the call.
func (o *openReadings) begin(ctx context.Context, accountID string, claimed Material) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	one := &openReading{accountID, claimed, cancel}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.calls == nil {
		o.calls = map[*openReading]struct{}{}
	}
	o.calls[one] = struct{}{}
	return ctx, func() {
		cancel()
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.calls, one)
	}
}

// of returns the calls of an account.
func (o *openReadings) of(accountID string) []*openReading {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []*openReading
	for one := range o.calls {
		if one.accountID == accountID {
			found = append(found, one)
		}
	}
	return found
}

// AbortReadings ends the calls of this server that have photos of an account read whose claims are gone, as they are once the consent
// is withdrawn, the photo is removed or the appeal goes on. It is called after such a step. Calls of other servers go on, and what
// they return is dropped: [ReadingStore] keeps nothing of it.
func (s *Service) AbortReadings(ctx context.Context, accountID string) {
	for _, one := range s.reading.of(accountID) {
		if !s.stillAsking(ctx, accountID, one.claimed) {
			one.abort()
		}
	}
}
