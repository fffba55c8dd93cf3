package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification/replay"
)

var _ replay.SimulationStore = (*Store)(nil)

type simulationRow struct {
	VersionID   string `db:"version_id"`
	RequestedAt int64  `db:"requested_at"`
	Done        int    `db:"done"`
	Total       int    `db:"total"`
	FinishedAt  int64  `db:"finished_at"`
	Failed      bool   `db:"failed"`
	Result      []byte `db:"result"`
}

const simulationColumns = "version_id, requested_at, done, total, finished_at, failed, result"

func (r simulationRow) simulation() replay.Simulation {
	return replay.Simulation{
		VersionID: r.VersionID, RequestedAt: fromMs(r.RequestedAt), FinishedAt: fromMs(r.FinishedAt), Done: r.Done, Total: r.Total, Failed: r.Failed, Result: r.Result,
	}
}

// RequestSimulation implements [replay.SimulationStore].
func (s *Store) RequestSimulation(ctx context.Context, versionID string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM rule_simulations WHERE version_id = ? AND finished_at > 0", versionID)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO rule_simulations (version_id, requested_at, claimed_until, done, total, finished_at, failed, result)
				VALUES (?, ?, 0, 0, 0, 0, 0, ?)`, versionID, ms(now), []byte{})
		}
		if isDuplicate(err) {
			return nil // it is queued or runs
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("requesting a simulation: %w", err)
	}
	return nil
}

// Simulation implements [replay.SimulationStore].
func (s *Store) Simulation(ctx context.Context, versionID string) (replay.Simulation, error) {
	var row simulationRow
	err := s.read.GetContext(ctx, &row, "SELECT "+simulationColumns+" FROM rule_simulations WHERE version_id = ?", versionID)
	if noRow(err) {
		return replay.Simulation{}, replay.ErrNotFound
	}
	if err != nil {
		return replay.Simulation{}, fmt.Errorf("reading a simulation: %w", err)
	}
	return row.simulation(), nil
}

// ClaimSimulation implements [replay.SimulationStore].
func (s *Store) ClaimSimulation(ctx context.Context, now, until time.Time) (replay.Simulation, error) {
	var row simulationRow
	err := s.read.GetContext(ctx, &row, "SELECT "+simulationColumns+` FROM rule_simulations WHERE finished_at = 0 AND claimed_until <= ?
		ORDER BY claimed_until LIMIT 1`, ms(now))
	if noRow(err) {
		return replay.Simulation{}, replay.ErrNotFound
	}
	if err != nil {
		return replay.Simulation{}, fmt.Errorf("claiming a simulation: %w", err)
	}
	matched, err := s.exec(ctx, "UPDATE rule_simulations SET claimed_until = ? WHERE version_id = ? AND finished_at = 0 AND claimed_until <= ?",
		ms(until), row.VersionID, ms(now))
	switch {
	case err != nil:
		return replay.Simulation{}, fmt.Errorf("claiming a simulation: %w", err)
	case matched == 0:
		return replay.Simulation{}, replay.ErrNotFound // another replica was first
	}
	return row.simulation(), nil
}

// ReportSimulation implements [replay.SimulationStore].
func (s *Store) ReportSimulation(ctx context.Context, r replay.Simulation, until time.Time) error {
	_, err := s.exec(ctx, "UPDATE rule_simulations SET done = ?, total = ?, claimed_until = ? WHERE version_id = ? AND requested_at = ? AND finished_at = 0",
		r.Done, r.Total, ms(until), r.VersionID, ms(r.RequestedAt))
	if err != nil {
		return fmt.Errorf("reporting a simulation: %w", err)
	}
	return nil
}

// FinishSimulation implements [replay.SimulationStore].
func (s *Store) FinishSimulation(ctx context.Context, r replay.Simulation) error {
	result := r.Result
	if result == nil {
		result = []byte{}
	}
	_, err := s.exec(ctx, `UPDATE rule_simulations SET done = ?, total = ?, failed = ?, result = ?, finished_at = ?
		WHERE version_id = ? AND requested_at = ? AND finished_at = 0`,
		r.Done, r.Total, r.Failed, result, ms(r.FinishedAt), r.VersionID, ms(r.RequestedAt))
	if err != nil {
		return fmt.Errorf("finishing a simulation: %w", err)
	}
	return nil
}
