package wechattest

import (
	"context"
	"errors"
	"sync"
	"time"

	"renzheng/providers/wechat"
)

// ErrReplay says that a nonce was used before.
var ErrReplay = errors.New("the nonce was used before")

// Memory keeps tokens, leases and nonces for replicas in one process. Safe for
// concurrent use; the zero value is empty.
type Memory struct {
	mu     sync.Mutex
	tokens map[string]wechat.Token
	leases map[string]lease
	nonces map[string]time.Time
	fail   error
}

var (
	_ wechat.TokenStore = (*Memory)(nil)
	_ wechat.Leases     = (*Memory)(nil)
	_ wechat.NonceStore = (*Memory)(nil)
)

type lease struct {
	holder string
	until  time.Time
}

// Fail makes every call end with err, until it is nil.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// Token implements wechat.TokenStore.
func (m *Memory) Token(_ context.Context, appID string) (wechat.Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tokens[appID], m.fail
}

// PutToken implements wechat.TokenStore.
func (m *Memory) PutToken(_ context.Context, appID string, t wechat.Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tokens == nil {
		m.tokens = map[string]wechat.Token{}
	}
	if m.fail == nil {
		m.tokens[appID] = t
	}
	return m.fail
}

// Lease implements wechat.Leases.
func (m *Memory) Lease(_ context.Context, name, holder string, now, until time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.leases == nil {
		m.leases = map[string]lease{}
	}
	held := m.leases[name]
	if m.fail != nil || (held.until.After(now) && held.holder != holder) {
		return false, m.fail
	}
	m.leases[name] = lease{holder, until}
	return true, nil
}

// Release implements wechat.Leases.
func (m *Memory) Release(_ context.Context, name, holder string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.leases[name].holder == holder {
		delete(m.leases, name)
	}
	return m.fail
}

// UseNonce implements wechat.NonceStore. Errors: ErrReplay.
func (m *Memory) UseNonce(_ context.Context, keyID, nonce string, until, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.nonces == nil {
		m.nonces = map[string]time.Time{}
	}
	key := keyID + "\x00" + nonce
	switch {
	case m.fail != nil:
		return m.fail
	case m.nonces[key].After(now):
		return ErrReplay
	}
	m.nonces[key] = until
	return nil
}
