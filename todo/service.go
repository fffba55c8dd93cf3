package todo

import (
	"io"
	"log/slog"
	"time"

	"renzheng/receipt"
)

// Deps are what the rules need. All of them are set, unless stated otherwise.
type Deps struct {
	Cases         CaseStore
	CaseList      CaseLister
	Todos         TodoStore
	Answers       AnswerStore
	Windows       WindowStore
	Records       RecordStore
	Events        EventStore
	Upkeep        UpkeepStore
	Notifications NotificationStore
	Invitations   InvitationStore
	Registries    Registries
	Deliverer     Deliverer
	Notifiers     map[string]Notifier // by channel; empty where no channel sends notifications

	// SigningKey returns the key that seals receipts at a time.
	SigningKey func(now time.Time) (receipt.SigningKey, error)
	// Issuer and Environment are said in every receipt (R35).
	Issuer, Environment string
	// PortraitLife is how long after the answer a portrait is kept that the
	// registry never fetches (R33). It must be more than PortraitNotice.
	PortraitLife time.Duration
	// Scanner makes the pages of a signed paper harmless; nil = a paper is not scanned.
	Scanner Scanner
	// ScanRequired reports whether an office must scan a signed paper; nil = no office must.
	ScanRequired func(office string) bool
	// SessionRecords lets a session list its own answers, masked, after its grant has
	// expired. It is an exception from R3; nil = off.
	SessionRecords func() bool

	Clock  func() time.Time
	Rand   io.Reader // for concurrent use, as crypto/rand.Reader is
	Logger *slog.Logger

	Metrics Metrics // nil counts nothing
}

// Service carries out the rules on cases, todos, answers and events. It is safe
// for concurrent use, and any number of them may share the stores.
type Service struct {
	Deps

	pictures pictureMemory
}

// New returns a service over its dependencies.
func New(d Deps) *Service {
	if d.Metrics == nil {
		d.Metrics = noMetrics{}
	}
	return &Service{Deps: d}
}

// now returns the time in the unit that is stored and sealed, in UTC.
func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Millisecond) }
