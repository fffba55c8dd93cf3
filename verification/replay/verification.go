package replay

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// Verification is what is stored of one.
type Verification struct {
	ID        string
	AccountID string
	SubjectID string
	Purpose   policy.Purpose
	Channel   string
	Document  identity.DocumentType // "" if it began before its type was stored
	CreatedAt time.Time
	Passed    bool
	Checks    []Check   // as planned when it began
	Attempts  []Attempt // the oldest first
}

// Check is one of its checks.
type Check struct {
	Kind policy.CheckKind
	Done bool // passed, or replaced by an earlier pass
}

// Attempt is one call of a provider.
type Attempt struct {
	Kind      policy.CheckKind
	Provider  string
	Counted   bool // it used up a try
	StartedAt time.Time
}

// Store reads what happened.
type Store interface {
	// CountVerifications returns how many verifications began from since on and before until.
	CountVerifications(ctx context.Context, since, until time.Time) (int, error)
	// EachVerifications calls do with these verifications, the oldest first, some at a time.
	EachVerifications(ctx context.Context, since, until time.Time, do func([]Verification) error) error
}
