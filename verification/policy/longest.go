package policy

import (
	"reflect"
	"time"
)

// Longest returns how long a used try counts at most, by the limits and the rules of sources.
func Longest(l Limits, s *SourceRules) time.Duration {
	longest := 24 * time.Hour // a rule's day
	fields := reflect.ValueOf(l)
	for field := range fields.Type().Fields() {
		if limit, ok := reflect.TypeAssert[Limit](fields.FieldByIndex(field.Index)); ok {
			longest = max(longest, limit.Window)
		}
	}
	if s == nil {
		return longest
	}
	for _, rule := range s.rules {
		if window, err := time.ParseDuration(rule.Window); err == nil {
			longest = max(longest, window)
		}
	}
	return longest
}
