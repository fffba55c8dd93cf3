package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
)

// Before implements [appointment.QueueStore].
func (s *Store) Before(ctx context.Context, n appointment.Number, now time.Time) (int, error) {
	rank, slot := rankOf(n, now), ms(n.SlotAt)
	var before int
	err := s.read.GetContext(ctx, &before, `SELECT COUNT(*) FROM (SELECT q.slot_at, q.number, `+inRank+` AS place FROM queue_numbers q
		WHERE q.office = ? AND q.day = ? AND q.state = 'waiting') w
		WHERE w.place < ? OR w.place = ? AND (w.slot_at < ? OR w.slot_at = ? AND w.number < ?)`,
		ms(now), n.Office, n.Day.String(), rank, rank, slot, slot, n.N)
	if err != nil {
		return 0, fmt.Errorf("counting who is before a number: %w", err)
	}
	return before, nil
}

// rankOf returns what inRank is for a number.
func rankOf(n appointment.Number, now time.Time) int {
	switch {
	case n.Line == appointment.WalkIns:
		return 1
	case ms(n.SlotAt) <= ms(now):
		return 0
	default:
		return 2
	}
}

// QueueAt implements [appointment.QueueStore].
func (s *Store) QueueAt(ctx context.Context, office string, now time.Time, limit int) ([]appointment.Number, error) {
	day := identity.DateAt(now).String()
	var waiting, called, ended []numberRow
	err := s.read.SelectContext(ctx, &waiting, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' "+inOrder+" LIMIT ?", office, day, ms(now), limit)
	if err == nil {
		err = s.read.SelectContext(ctx, &called, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'called' ORDER BY q.called_at DESC, q.id LIMIT ?", office, day, limit)
	}
	if err == nil {
		err = s.read.SelectContext(ctx, &ended, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state IN ('served', 'absent') ORDER BY q.ended_at DESC, q.id LIMIT ?", office, day, endedShown)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a queue: %w", err)
	}
	return numbersIn(append(append(waiting, called...), ended...)), nil
}

// endedShown is how many ended numbers a queue has.
const endedShown = 20
