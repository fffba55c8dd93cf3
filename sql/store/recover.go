package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// positionsPerEpoch is more positions than a feed can assign between a backup and its restore. The positions of each epoch begin
// above those of all earlier ones, so that a position that a registry has seen is never assigned to another event (R24).
const positionsPerEpoch = 1_000_000_000

// ErrIncompleteCopy says that a backup was loaded in part only.
var ErrIncompleteCopy = errors.New("the backup was not loaded completely: run 'bff recover --from FILE'")

// BeginEpoch takes a database out of service and begins an epoch that is newer than its own and than seen, which is zero if
// none was seen. A recovery that was interrupted goes on in its own epoch.
//
// Errors: [ErrIncompleteCopy], [ErrNoEpoch].
func (s *Store) BeginEpoch(ctx context.Context, seen Epoch, backup string, now time.Time) (Epoch, error) {
	var begun Epoch
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row epochRow
		if err := tx.GetContext(ctx, &row, selectEpoch); err != nil {
			return fmt.Errorf("reading the database's epoch: %w", err)
		}
		begun = row.epoch()
		switch {
		case begun.State == EpochLoading:
			return ErrIncompleteCopy
		case begun.State == EpochRecovering && begun.Number >= seen.Number:
			return nil
		case begun.State == EpochLive:
			begun.CopiedAt = time.Time{} // of an earlier restore
		}
		begun.Number, begun.BeganAt, begun.State, begun.Backup = max(begun.Number, seen.Number)+1, fromMs(ms(now)), EpochRecovering, backup
		// State and number as they were read: of two recoveries at once, the second goes on in the epoch of the first.
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE database_epoch SET epoch = ?, began_at = ?, state = ?, copied_at = ?, backup_digest = ?
			WHERE id = 1 AND epoch = ? AND state = ?`,
			begun.Number, ms(begun.BeganAt), string(begun.State), ms(begun.CopiedAt), backup, row.Epoch, row.State))
		if err != nil {
			return lost(err)
		}
		return skipPositions(ctx, tx, begun.Number)
	})
	if err != nil {
		return Epoch{}, fmt.Errorf("beginning an epoch: %w", err)
	}
	return begun, nil
}

// skipPositions moves every feed to where the positions of an epoch begin.
func skipPositions(ctx context.Context, tx *sqlx.Tx, epoch int64) error {
	floor := positionFloor(epoch)
	_, err := tx.ExecContext(ctx, "UPDATE feeds SET position = CASE WHEN position < ? THEN ? ELSE position + ? END",
		floor, floor, positionsPerEpoch)
	if err != nil {
		return fmt.Errorf("leaving a gap in the feeds: %w", err)
	}
	return nil
}

// positionFloor returns the last position before those of an epoch.
func positionFloor(epoch int64) int64 { return (epoch - 1) * positionsPerEpoch }

// EndEpoch puts a recovered database into service.
func (s *Store) EndEpoch(ctx context.Context, e Epoch) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		return exactlyOne(tx.ExecContext(ctx, "UPDATE database_epoch SET state = ? WHERE id = 1 AND epoch = ? AND state = ?",
			string(EpochLive), e.Number, string(EpochRecovering)))
	})
	if errors.Is(err, errNotOne) {
		return errors.New("another recovery has changed the database meanwhile")
	}
	if err != nil {
		return fmt.Errorf("putting the database into service: %w", err)
	}
	return nil
}

// AnnounceAgain makes all events since a time due again, whether they were delivered or given up, with their ids and positions. It
// returns how many. A delivery that was under way in another process is due again too.
func (s *Store) AnnounceAgain(ctx context.Context, since, now time.Time) (int64, error) {
	_, err := s.exec(ctx, "UPDATE events SET lease = '', lease_until = 0, next_at = ? WHERE delivery_state = 'pending'", ms(now))
	if err != nil {
		return 0, fmt.Errorf("releasing deliveries: %w", err)
	}
	var announced int64
	for {
		n, err := s.exec(ctx, announceAgain, ms(now), ms(since), ms(since), recoverBatch)
		if err != nil {
			return announced, fmt.Errorf("announcing events again: %w", err)
		}
		if announced += n; n == 0 {
			return announced, nil
		}
	}
}

const announceAgain = `UPDATE events SET delivery_state = 'pending', attempts = 0, next_at = ?, lease = '', lease_until = 0, reason = '',
	delivered_at = 0 WHERE created_at >= ? AND id IN (SELECT id FROM (
		SELECT id FROM events WHERE delivery_state IN ('delivered', 'dead') AND created_at >= ? LIMIT ?) earlier)`
