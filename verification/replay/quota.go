package replay

import (
	"hash/maphash"
	"time"

	"renzheng/verification/policy"
)

// seed makes the keys of one process. A key needs a fixed number of bytes, however long an id is.
var seed = maphash.MakeSeed() //nolint:gochecknoglobals // as map keys are

type key uint64

func keyOf(parts ...string) key {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, part := range parts {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	return key(h.Sum64())
}

// quotaWindow is a running window of a quota.
type quotaWindow struct {
	ends int64 // Unix milliseconds
	used int32
}

// counters are the quotas under some limits.
type counters struct {
	limits policy.Limits
	used   map[key]quotaWindow
}

// attemptQuota is a quota that an attempt is taken from.
type attemptQuota struct {
	key    key
	limit  policy.Limit
	always bool // whatever the outcome
}

func (c *counters) quotas(v Verification, a Attempt) []attemptQuota {
	l := c.limits.Of(a.Kind)
	kind := string(a.Kind)
	return []attemptQuota{
		{keyOf(kind, v.AccountID, v.SubjectID), l.Own, false},
		{keyOf("starts", kind, v.AccountID), l.Starts, true},
	}
}

// admits reports whether an attempt is within the quotas.
func (c *counters) admits(quotas []attemptQuota, at time.Time) bool {
	for _, q := range quotas {
		if w := c.used[q.key]; w.ends > at.UnixMilli() && int(w.used) >= q.limit.Tries {
			return false
		}
	}
	return true
}

// take counts an attempt, and reports whether it used up the first quota.
func (c *counters) take(quotas []attemptQuota, a Attempt) bool {
	usedUp := false
	for i, q := range quotas {
		if !q.always && !a.Counted {
			continue
		}
		w := c.used[q.key]
		if w.ends <= a.StartedAt.UnixMilli() {
			w = quotaWindow{ends: a.StartedAt.Add(q.limit.Window).UnixMilli()}
		}
		w.used++
		c.used[q.key] = w
		usedUp = usedUp || i == 0 && int(w.used) == q.limit.Tries
	}
	return usedUp
}

// forget drops the windows that have ended, so that the memory is bounded by the limits' windows.
func (c *counters) forget(now time.Time) {
	for k, w := range c.used {
		if w.ends <= now.UnixMilli() {
			delete(c.used, k)
		}
	}
}
