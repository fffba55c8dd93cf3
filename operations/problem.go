package operations

import (
	"cmp"
	"slices"
	"time"
)

// Problem is how often one problem stopped one step.
type Problem struct {
	Code    string
	Failure string
	Channel string
	Step    string
	Number  int
	LastAt  time.Time
}

// Problems returns the problems of the buckets that begin at since or later, the most frequent first.
func Problems(counts []Count, since time.Time) []Problem {
	at := map[Problem]*Problem{}
	for _, c := range counts {
		if c.Code == "" || c.Bucket.Before(since) {
			continue
		}
		key := Problem{Code: c.Code, Failure: c.Failure, Channel: c.Channel, Step: c.Step}
		if at[key] == nil {
			first := key
			at[key] = &first
		}
		at[key].Number += c.Number
		if c.LastAt.After(at[key].LastAt) {
			at[key].LastAt = c.LastAt
		}
	}
	var found []Problem
	for _, p := range at {
		found = append(found, *p)
	}
	slices.SortFunc(found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Failure, b.Failure), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Step, b.Step))
	})
	return found
}

// Span is a part of a period and how many problems it had.
type Span struct {
	Begin  time.Time
	Number int
}

// Spans returns n parts of equal length that end at until, oldest first.
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

// Seen is what a registry asked of one operation.
type Seen struct {
	Step      string
	Number    int
	LastAt    time.Time
	Rejected  []Reason // by code of the problem, the most frequent first
	Succeeded time.Time
}

// SeenOf returns what a registry asked; "" = requests to operations of registries that none is known to have signed.
func SeenOf(counts []Count, registryID string, of func(Count) bool) []Seen {
	at := map[string]*Seen{}
	for _, c := range counts {
		if c.RegistryID != registryID || !of(c) {
			continue
		}
		if at[c.Step] == nil {
			at[c.Step] = &Seen{Step: c.Step}
		}
		at[c.Step].add(c)
	}
	var found []Seen
	for _, s := range at {
		slices.SortFunc(s.Rejected, func(x, y Reason) int {
			return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Failure, y.Failure))
		})
		found = append(found, *s)
	}
	slices.SortFunc(found, func(a, b Seen) int { return cmp.Or(b.LastAt.Compare(a.LastAt), cmp.Compare(a.Step, b.Step)) })
	return found
}

func (s *Seen) add(c Count) {
	s.Number += c.Number
	if c.LastAt.After(s.LastAt) {
		s.LastAt = c.LastAt
	}
	if c.Code == "" {
		if c.LastAt.After(s.Succeeded) {
			s.Succeeded = c.LastAt
		}
		return
	}
	at := slices.IndexFunc(s.Rejected, func(r Reason) bool { return r.Failure == c.Code })
	if at < 0 {
		s.Rejected = append(s.Rejected, Reason{Failure: c.Code})
		at = len(s.Rejected) - 1
	}
	s.Rejected[at].Count += c.Number
}
