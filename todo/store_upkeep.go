package todo

import (
	"context"
	"time"
)

// PortraitEnd selects the portraits that are to be deleted, and sets when.
type PortraitEnd struct {
	AnsweredBy  time.Time // selects answers up to this time whose evidence was never fetched
	DeleteAfter time.Time
	Now         time.Time
	Limit       int
}

// UpkeepStore is what the workers need.
type UpkeepStore interface {
	// AnnouncePortraits sets when the selected portraits are deleted, with an event
	// each, and returns how many. It leaves out portraits that have a time already.
	AnnouncePortraits(ctx context.Context, p PortraitEnd) (int, error)
	// ExpireTodos ends open todos past their window and inserts the event that
	// announce returns for each, which is given all but signer and content.
	ExpireTodos(ctx context.Context, now time.Time, limit int, announce func(Todo) (Event, error)) (int, error)
}
