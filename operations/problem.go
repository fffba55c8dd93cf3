package operations

import (
	"cmp"
	"slices"
	"time"
)

// Problem counts the requests to one operation that were answered with the same problem.
type Problem struct {
	Code    string
	Failure string // code of the catalogue; "" = none
	Channel string // "" without a session
	Step    string // id of the operation; "" if no route matched
	Number  int    // of requests
	LastAt  time.Time
}

// Problems returns the problems of the buckets that begin at since or later, the most frequent first.
func Problems(counts []Count, since time.Time) []Problem {
	sums := map[Problem]*Problem{}
	for _, c := range counts {
		if c.Code == "" || c.Bucket.Before(since) {
			continue
		}
		key := Problem{Code: c.Code, Failure: c.Failure, Channel: c.Channel, Step: c.Step}
		if sums[key] == nil {
			first := key
			sums[key] = &first
		}
		sums[key].Number += c.Number
		if c.LastAt.After(sums[key].LastAt) {
			sums[key].LastAt = c.LastAt
		}
	}
	var found []Problem
	for _, p := range sums {
		found = append(found, *p)
	}
	slices.SortFunc(found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Failure, b.Failure), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Step, b.Step))
	})
	return found
}

// Span is one part of a period.
type Span struct {
	Begin  time.Time
	Number int // of problems
}

// Spans divides the time before until into n parts of a length, oldest first, and returns how many problems each had.
func Spans(counts []Count, until time.Time, length time.Duration, n int) []Span {
	spans := make([]Span, n)
	for i := range spans {
		spans[i].Begin = until.Add(-length * time.Duration(n-i))
	}
	for _, c := range counts {
		if i := int(c.Bucket.Sub(spans[0].Begin) / length); c.Code != "" && !c.Bucket.Before(spans[0].Begin) && i < n {
			spans[i].Number += c.Number
		}
	}
	return spans
}

// OperationUse counts the requests of a registry to one operation.
type OperationUse struct {
	Step      string // id of the operation
	Number    int    // of requests
	LastAt    time.Time
	Rejected  []Reason  // by code of the problem, the most frequent first
	Succeeded time.Time // the last time; zero if every request was rejected
}

// UseOf returns the use of each operation by a registry, the latest first. It counts only requests for which matches reports true.
// With the id "", it counts requests that no known registry signed.
func UseOf(counts []Count, registryID string, matches func(Count) bool) []OperationUse {
	uses := map[string]*OperationUse{}
	for _, c := range counts {
		if c.RegistryID != registryID || !matches(c) {
			continue
		}
		if uses[c.Step] == nil {
			uses[c.Step] = &OperationUse{Step: c.Step}
		}
		uses[c.Step].add(c)
	}
	var found []OperationUse
	for _, u := range uses {
		slices.SortFunc(u.Rejected, func(x, y Reason) int {
			return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Failure, y.Failure))
		})
		found = append(found, *u)
	}
	slices.SortFunc(found, func(a, b OperationUse) int { return cmp.Or(b.LastAt.Compare(a.LastAt), cmp.Compare(a.Step, b.Step)) })
	return found
}

func (u *OperationUse) add(c Count) {
	u.Number += c.Number
	if c.LastAt.After(u.LastAt) {
		u.LastAt = c.LastAt
	}
	if c.Code == "" {
		if c.LastAt.After(u.Succeeded) {
			u.Succeeded = c.LastAt
		}
		return
	}
	at := slices.IndexFunc(u.Rejected, func(r Reason) bool { return r.Failure == c.Code })
	if at < 0 {
		u.Rejected = append(u.Rejected, Reason{Failure: c.Code})
		at = len(u.Rejected) - 1
	}
	u.Rejected[at].Count += c.Number
}
