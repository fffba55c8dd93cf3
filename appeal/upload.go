package appeal

import (
	"context"
	"errors"
	"fmt"
	"io"

	"renzheng/material"
)

// Add announces a file for an item of the checklist.
//
// Errors: ErrNotFound, ErrNotOpen, ErrItem, ErrBounds, *material.RejectedError if it is too large.
func (s *Service) Add(ctx context.Context, accountID, appealID, item string, size int64) (Material, error) {
	a, err := s.Get(ctx, accountID, appealID)
	if err != nil {
		return Material{}, err
	}
	checklist, _ := Catalogue().For(a.Failure)
	described, ok := Catalogue().Item(item)
	if !ok || !checklist.Has(item) {
		return Material{}, ErrItem
	}
	if size > material.MaxBytes(described.Kind) {
		return Material{}, &material.RejectedError{Reason: material.TooLarge}
	}
	m := Material{AppealID: appealID, Item: item, Kind: described.Kind, State: Uploading, Bytes: size, Parts: partsOf(size), CreatedAt: s.now()}
	if m, err = s.deps.Materials.AddMaterial(ctx, accountID, m); err != nil {
		return Material{}, fmt.Errorf("adding material: %w", err)
	}
	return m, nil
}

// PutPart stores a part of a file. Parts arrive in any order and any number of times. Errors: ErrNotFound, ErrNotOpen, ErrPart.
func (s *Service) PutPart(ctx context.Context, accountID, appealID string, p Part) error {
	m, err := s.deps.Materials.Material(ctx, accountID, appealID, p.MaterialID)
	if err != nil {
		return fmt.Errorf("reading material: %w", err)
	}
	if m.State != Uploading {
		return ErrNotOpen
	}
	if p.Number < 0 || p.Number >= m.Parts || int64(len(p.Data)) != min(PartBytes, m.Bytes-int64(p.Number)*PartBytes) {
		return ErrPart
	}
	if err = s.deps.Materials.PutPart(ctx, accountID, appealID, p); err != nil {
		return fmt.Errorf("storing a part: %w", err)
	}
	return nil
}

// Complete makes a clean copy of a file of which all parts have arrived, and deletes the file. The result is Ready or
// Rejected. Idempotent. Nobody can change the file meanwhile. A file that could not be checked 3 times is rejected.
//
// Errors: ErrNotFound, ErrNotOpen, ErrIncomplete, ErrChecking while another call checks it.
func (s *Service) Complete(ctx context.Context, accountID, appealID, id string) (Material, error) {
	m, err := s.deps.Materials.Material(ctx, accountID, appealID, id)
	if err != nil {
		return Material{}, fmt.Errorf("reading material: %w", err)
	}
	if m.State.done() {
		return m, nil
	}
	if m.CopyID, err = s.deps.NewID("cpy_"); err != nil {
		return Material{}, err
	}
	now := s.now()
	claim := Claim{MaterialID: m.ID, CopyID: m.CopyID, Now: now, Until: now.Add(claimTime), Most: maxClaims, Reason: material.Damaged}
	// The time is measured from before the claim, so that the last read is before its end.
	ctx, cancel := context.WithTimeout(ctx, cleanTime)
	defer cancel()
	if err = s.deps.Materials.ClaimMaterial(ctx, accountID, appealID, claim); err == nil {
		err = s.check(ctx, m)
	}
	if err != nil && !errors.Is(err, ErrNotOpen) {
		return Material{}, fmt.Errorf("checking material: %w", err)
	}
	// It was finished by this call or another one.
	ctx, done := settling(ctx)
	defer done()
	m, readErr := s.deps.Materials.Material(ctx, accountID, appealID, id)
	if readErr != nil {
		return Material{}, fmt.Errorf("reading material: %w", readErr)
	}
	if !m.State.done() {
		return Material{}, ErrNotOpen
	}
	return m, nil
}

// settling returns a context in which the outcome of a check can be stored, even if the request has ended.
func settling(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settleTime)
}

// check cleans a material that m.CopyID claims, and stores what became of it.
func (s *Service) check(ctx context.Context, m Material) error {
	out := &copyWriter{ctx: ctx, store: s.deps.Materials, part: Part{MaterialID: m.ID, CopyID: m.CopyID}}
	info, err := s.deps.Cleaner.Clean(ctx, m.Kind, &partReader{ctx: ctx, store: s.deps.Materials, material: m.ID}, m.Bytes, out)
	if err == nil {
		err = out.flush()
	}
	ctx, done := settling(ctx)
	defer done()
	switch reason := material.ReasonOf(err); {
	case reason != "":
		m.State, m.Reason = Rejected, reason
	case err != nil:
		r := Release{MaterialID: m.ID, CopyID: m.CopyID, Uncounted: errors.Is(err, material.ErrBusy)}
		return errors.Join(err, s.deps.Materials.ReleaseMaterial(ctx, r))
	default:
		m.State, m.Info, m.Bytes, m.Parts = Ready, info, out.size, out.part.Number
	}
	if err = s.deps.Materials.FinishMaterial(ctx, m); err != nil {
		return fmt.Errorf("storing what became of material: %w", err)
	}
	return nil
}

// Remove erases a material. Errors: ErrNotFound, ErrNotOpen.
func (s *Service) Remove(ctx context.Context, accountID, appealID, id string) error {
	if err := s.deps.Materials.RemoveMaterial(ctx, accountID, appealID, id, s.now()); err != nil {
		return fmt.Errorf("removing material: %w", err)
	}
	s.AbortReadings(ctx, accountID)
	return nil
}

// copyWriter stores what is written to it in parts.
type copyWriter struct {
	ctx    context.Context //nolint:containedctx // of the call that it lives in
	store  MaterialStore
	part   Part // the next one
	buffer []byte
	size   int64
}

func (w *copyWriter) Write(p []byte) (int, error) {
	w.buffer = append(w.buffer, p...)
	w.size += int64(len(p))
	for len(w.buffer) >= PartBytes {
		if err := w.put(w.buffer[:PartBytes]); err != nil {
			return 0, err
		}
		w.buffer = append(w.buffer[:0], w.buffer[PartBytes:]...)
	}
	return len(p), nil
}

func (w *copyWriter) flush() error {
	if len(w.buffer) == 0 {
		return nil
	}
	return w.put(w.buffer)
}

func (w *copyWriter) put(data []byte) error {
	w.part.Data = data
	if err := w.store.PutCopy(w.ctx, w.part); err != nil {
		return fmt.Errorf("storing a part of a clean copy: %w", err)
	}
	w.part.Number++
	return nil
}

// partReader reads a file from its parts, of which it remembers the last one.
type partReader struct {
	ctx            context.Context //nolint:containedctx // of the call that it lives in
	store          MaterialStore
	material, copy string
	number         int
	data           []byte
}

// ReadAt implements [io.ReaderAt].
func (r *partReader) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		at := off + int64(n)
		number, within := int(at/PartBytes), int(at%PartBytes)
		if r.data == nil || r.number != number {
			data, err := r.store.ReadPart(r.ctx, r.material, r.copy, number)
			if errors.Is(err, ErrNotFound) {
				return n, io.EOF
			}
			if err != nil {
				return n, fmt.Errorf("reading a part: %w", err)
			}
			r.number, r.data = number, data
		}
		if within >= len(r.data) {
			return n, io.EOF
		}
		n += copy(p[n:], r.data[within:])
	}
	return n, nil
}
