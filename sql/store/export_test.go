package store

import (
	"context"
	"io"
)

// Flushes judges a server's setting.
var Flushes = flushes

// PrepareSession is what each connection begins with.
var PrepareSession = prepareSession

// Retry runs do as a transaction of a store with this randomness would be.
func Retry(ctx context.Context, random io.Reader, do func() error) error {
	return (&Store{rand: random}).retry(ctx, do)
}
