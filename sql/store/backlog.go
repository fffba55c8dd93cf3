package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"renzheng/identity"
)

// BacklogMost is how many rows of a kind are counted. More are not told apart: a
// count must not read a table that has grown large.
const BacklogMost = 10_000

// Backlog is the work that waits for workers, registries and persons, and the number of
// persons whose portrait is stored, and when the database was backed up. It has no personal data.
type Backlog struct {
	Queues        []QueueLength
	Deliveries    []DeliveryBacklog
	Verifications []VerificationBacklog
	FacePersons   int // persons whose portrait is stored, up to [FacePersonsMost]
	Waiting       []OfficeQueue
	BackedUpAt    int64 // Unix milliseconds when the last backup was completed; 0 if none was

	Skew time.Duration // of the database's clock, positive if it is ahead of this machine's; 0 for SQLite, which has none
}

// FacePersonsMost is where counting persons with a stored portrait stops. From 100,000 persons on, the authority has to
// file with the cyberspace administration.
const FacePersonsMost = 100_001

// QueueLength is the number of rows that are due for a worker, up to [BacklogMost].
type QueueLength struct {
	Worker string `db:"worker"`
	Length int    `db:"length"`
	Oldest int64  `db:"oldest"` // Unix milliseconds since which the first of them is due; 0 if none is, or if that is not known
}

// OfficeQueue is how many wait at an office today.
type OfficeQueue struct {
	Office string `db:"office"`
	Number int    `db:"n"`
}

// DeliveryBacklog is what a registry has not acknowledged. Kinds without an event
// are absent. All counts together end at [BacklogMost].
type DeliveryBacklog struct {
	RegistryID string `db:"registry_id"`
	State      string `db:"delivery_state"` // pending or dead
	Events     int    `db:"events"`
	Oldest     int64  `db:"oldest"` // Unix milliseconds; of the events that were counted
}

// VerificationBacklog is the number of verifications that have begun and not ended.
// All counts together end at [BacklogMost].
type VerificationBacklog struct {
	Purpose string `db:"purpose"`
	State   string `db:"state"`
	Number  int    `db:"number"`
}

// queueLengths counts by indexes only. What is read from end to end is named bounded,
// because it has a LIMIT.
const queueLengths = `SELECT 'sequence' AS worker, COUNT(*) AS length, 0 AS oldest FROM
		(SELECT 1 AS one FROM events WHERE position IS NULL LIMIT ?) bounded
	UNION ALL SELECT 'reconcile', COUNT(*), COALESCE(MIN(due), 0) FROM
		(SELECT next_try_at AS due FROM attempts WHERE undecided = 1 AND next_try_at <= ? LIMIT ?) bounded
	UNION ALL SELECT 'notification', COUNT(*), COALESCE(MIN(due), 0) FROM
		(SELECT next_at AS due FROM notification_messages WHERE state = 'pending' AND next_at <= ? LIMIT ?) bounded
	UNION ALL SELECT 'expire_todos', COUNT(*), COALESCE(MIN(due), 0) FROM
		(SELECT expires_at AS due FROM todos WHERE state = 'open' AND expires_at <= ? LIMIT ?) bounded
	UNION ALL SELECT 'expire_verifications', COUNT(*), COALESCE(MIN(due), 0) FROM
		(SELECT expires_at AS due FROM verifications WHERE state = 'open' AND expires_at <= ? LIMIT ?) bounded`

// deliveryBacklog reads the rows that it counts, of the registries that are named:
// without them the index would be read from end to end.
const deliveryBacklog = `SELECT registry_id, delivery_state, COUNT(*) AS events, MIN(created_at) AS oldest FROM
	(SELECT registry_id, delivery_state, created_at FROM events
		WHERE registry_id IN (?) AND delivery_state IN ('pending', 'dead') LIMIT ?) bounded
	GROUP BY registry_id, delivery_state ORDER BY registry_id, delivery_state`

const verificationBacklog = `SELECT purpose, state, COUNT(*) AS number FROM
	(SELECT purpose, state FROM verifications WHERE state IN ('open', 'awaiting_acceptance') LIMIT ?) bounded
	GROUP BY purpose, state ORDER BY purpose, state`

// facePersons is answered from an index alone.
const facePersons = `SELECT COUNT(*) FROM (SELECT DISTINCT subject_id FROM portraits LIMIT ?) bounded`

// Backlog counts the waiting work, with the deliveries to the named registries. Its cost
// does not grow with the tables.
func (s *Store) Backlog(ctx context.Context, registries []string, now time.Time) (Backlog, error) {
	var b Backlog
	const most = BacklogMost
	at := ms(now)
	err := s.read.SelectContext(ctx, &b.Queues, queueLengths, most, at, most, at, most, at, most, at, most)
	if err == nil {
		err = s.read.SelectContext(ctx, &b.Verifications, verificationBacklog, most)
	}
	if err == nil {
		err = s.read.GetContext(ctx, &b.FacePersons, facePersons, FacePersonsMost)
	}
	if err == nil {
		err = s.read.GetContext(ctx, &b.BackedUpAt, "SELECT completed_at FROM backups WHERE id = 1")
	}
	if err == nil {
		err = s.read.SelectContext(ctx, &b.Waiting, "SELECT office, COUNT(*) AS n FROM queue_numbers WHERE day = ? AND state = 'waiting' GROUP BY office ORDER BY office",
			identity.DateAt(now).String())
	}
	if err == nil && len(registries) > 0 {
		b.Deliveries, err = s.deliveryBacklog(ctx, registries)
	}
	if err == nil {
		b.Skew, err = s.Skew(ctx)
	}
	if err != nil {
		return Backlog{}, fmt.Errorf("counting what waits: %w", err)
	}
	return b, nil
}

func (s *Store) deliveryBacklog(ctx context.Context, registries []string) ([]DeliveryBacklog, error) {
	query, args, err := in(deliveryBacklog, registries, BacklogMost)
	if err != nil {
		return nil, err
	}
	var waiting []DeliveryBacklog
	err = s.read.SelectContext(ctx, &waiting, query, args...)
	return waiting, err
}

// Pools returns the pools of connections by a name, for their statistics only.
func (s *Store) Pools() map[string]*sql.DB {
	if s.read.DB == s.write {
		return map[string]*sql.DB{"all": s.write.DB}
	}
	return map[string]*sql.DB{"write": s.write.DB, "read": s.read.DB.DB}
}
