package store_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/store"
)

var (
	errDeadlock = &mysql.MySQLError{Number: 1213}
	errSyntax   = &mysql.MySQLError{Number: 1064}
)

// tries runs do under Retry and returns its result, and how long after the first each try was.
func tries(ctx context.Context, random []byte, do func(try int) error) ([]time.Duration, error) {
	var at []time.Duration
	began := time.Now()
	err := store.Retry(ctx, bytes.NewReader(random), func() error {
		at = append(at, time.Since(began))
		return do(len(at))
	})
	return at, err
}

func TestRetry_WaitsTwiceAsLongEachTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const ms = time.Millisecond
		at, err := tries(t.Context(), make([]byte, 20), func(int) error { return errDeadlock })
		if !errors.Is(err, errDeadlock) {
			t.Errorf("got %v, want the deadlock", err)
		}
		want := []time.Duration{0, ms, 3 * ms, 7 * ms, 15 * ms, 31 * ms, 63 * ms, 127 * ms, 252 * ms, 377 * ms, 502 * ms, 627 * ms}
		if !slices.Equal(at, want) {
			t.Errorf("with the least jitter got tries at %v, want %v", at, want)
		}
		at, _ = tries(t.Context(), bytes.Repeat([]byte{255}, 20), func(try int) error {
			if try == 3 {
				return nil
			}
			return errDeadlock
		})
		if want = []time.Duration{0, 2 * ms, 6 * ms}; !slices.Equal(at, want) {
			t.Errorf("with the most jitter got tries at %v, want %v", at, want)
		}
	})
}

func TestRetry_GivesUp(t *testing.T) {
	t.Parallel()
	if at, err := tries(t.Context(), make([]byte, 20), func(int) error { return errSyntax }); !errors.Is(err, errSyntax) || len(at) != 1 {
		t.Errorf("a statement that is wrong: got %d tries and %v", len(at), err)
	}
	if at, err := tries(t.Context(), nil, func(int) error { return errDeadlock }); !errors.Is(err, errDeadlock) || len(at) != 1 {
		t.Errorf("without randomness: got %d tries and %v", len(at), err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	at, err := tries(ctx, make([]byte, 20), func(int) error {
		cancel(errors.New("the server stops"))
		return errDeadlock
	})
	if !errors.Is(err, context.Canceled) || !errors.Is(err, errDeadlock) || len(at) != 1 {
		t.Errorf("a caller that leaves: got %d tries and %v, want both errors", len(at), err)
	}
}
