package receipt_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/receipt"
)

func TestValidate_TakesTheEdges(t *testing.T) {
	t.Parallel()
	every := func(at time.Time) func(*receipt.Statement) {
		return func(s *receipt.Statement) { s.IssuedAt, s.AnsweredAt, s.ContentShownAt = at, at, at }
	}
	for name, tt := range map[string]struct {
		change func(*receipt.Statement)
		valid  bool
	}{
		"the first revision":       {func(s *receipt.Statement) { s.Revision = 1 }, true},
		"the largest revision":     {func(s *receipt.Statement) { s.Revision = 1<<53 - 1 }, true},
		"an issuer of 256 bytes":   {func(s *receipt.Statement) { s.Issuer = strings.Repeat("!~", 128) }, true},
		"an issuer of 257 bytes":   {func(s *receipt.Statement) { s.Issuer = strings.Repeat("!", 257) }, false},
		"an issuer with a space":   {func(s *receipt.Statement) { s.Issuer = "a b" }, false},
		"an issuer with a control": {func(s *receipt.Statement) { s.Issuer = "a\x7f" }, false},
		"an id of 128 bytes":       {func(s *receipt.Statement) { s.TodoID = strings.Repeat("azAZ09._", 16) }, true},
		"an id of 129 bytes":       {func(s *receipt.Statement) { s.TodoID = strings.Repeat("a", 129) }, false},
		"an id with marks":         {func(s *receipt.Statement) { s.TodoID = "a._:-" }, true},
		"an id with a slash":       {func(s *receipt.Statement) { s.TodoID = "a/" }, false},
		"an id with a backtick":    {func(s *receipt.Statement) { s.TodoID = "a`" }, false},
		"an id with a brace":       {func(s *receipt.Statement) { s.TodoID = "a{" }, false},
		"an id with an at sign":    {func(s *receipt.Statement) { s.TodoID = "a@" }, false},
		"an id with a bracket":     {func(s *receipt.Statement) { s.TodoID = "a[" }, false},
		"the first year":           {every(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)), true},
		"the year before":          {every(time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)), false},
		"the last year":            {every(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)), true},
		"a year of five digits":    {every(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), false},
		"sixteen consents":         {func(s *receipt.Statement) { s.Consents = slices.Repeat(s.Consents, 16) }, true},
		"seventeen consents":       {func(s *receipt.Statement) { s.Consents = slices.Repeat(s.Consents, 17) }, false},
		"sixteen checks":           {func(s *receipt.Statement) { s.Verification.Checks = slices.Repeat(s.Verification.Checks, 16) }, true},
		"seventeen checks":         {func(s *receipt.Statement) { s.Verification.Checks = slices.Repeat(s.Verification.Checks, 17) }, false},
	} {
		s, _ := confirmed(t)
		tt.change(&s)
		if err := s.Validate(); (err == nil) != tt.valid {
			t.Errorf("%s: got %v, want valid %t", name, err, tt.valid)
		}
	}
}

func TestCommit_TakesTheLongestDomain(t *testing.T) {
	t.Parallel()
	for domain, valid := range map[string]bool{
		strings.Repeat("a", 64): true, strings.Repeat("a", 65): false, "!~": true, "a b": false, "a\x7f": false,
	} {
		if _, err := receipt.Commit(domain, newSalt(t), 1); (err == nil) != valid || !valid && !errors.Is(err, receipt.ErrDomain) {
			t.Errorf("%q: got %v, want valid %t", domain, err, valid)
		}
	}
}

func TestVerify_BoundsWhatItReads(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	for size, tooLarge := range map[int]bool{64 << 10: false, 64<<10 + 1: true} {
		_, err := receipt.Verify(make([]byte, size), published(t, key))
		if err == nil || errors.Is(err, receipt.ErrTooLarge) != tooLarge {
			t.Errorf("a file of %d bytes: got %v", size, err)
		}
	}
	for size, tooLarge := range map[int]bool{1 << 20: false, 1<<20 + 1: true} {
		_, err := receipt.Verify([]byte(seal(t, key)), make([]byte, size))
		if !errors.Is(err, receipt.ErrTrust) || strings.Contains(err.Error(), "larger than") != tooLarge {
			t.Errorf("keys of %d bytes: got %v", size, err)
		}
	}
}
