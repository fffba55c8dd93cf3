package appeal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/identity/photo"
)

// PhotoReader reads a photo of a resident ID by a third party. Errors wrap photo.ErrNotRead.
type PhotoReader interface {
	Read(ctx context.Context, p photo.Photo) (photo.Reading, error)
}

// ReadingState is how far the reading of a photo is.
type ReadingState string

// The states of a reading.
const (
	Asking  ReadingState = "asking" // a call of ReadPhoto waits for the answer; nobody else asks
	Read    ReadingState = "read"
	NotRead ReadingState = "not_read" // the recognizers were away, or the appeal went on before they answered
)

// PhotoReading is what was read in a photo of a document, and what the person says is printed there. The zero value means that
// nobody has asked.
type PhotoReading struct {
	State       ReadingState
	Values      photo.Reading // of one that is Read. Personal
	Correction  Correction    // Personal
	AskedAt     time.Time
	ConfirmedAt time.Time // when the person confirmed the values, with or without a correction; zero before
}

// OffersReading reports whether photos of an appeal can be read if its person agrees: recognizers are set, it takes materials, its
// checklist has a document, and it is about a verification of a resident ID. Without a verification nobody knows whose card or which
// document is sent, and there is nothing with which what is read could be compared: then no photo has to be given to a third party.
func (s *Service) OffersReading(a Appeal) bool {
	checklist, _ := Catalogue().For(a.Failure)
	fits := a.DocumentType == identity.ResidentID // "" without a verification
	return s.deps.Photos != nil && fits && (a.State == Draft || a.State == Question) && (checklist.Has(frontItem) || checklist.Has(backItem))
}

// AgreeToReading notes that the person agreed, by a consent of the account, that photos of this appeal are read.
// Errors: ErrNotFound, ErrNotOpen.
func (s *Service) AgreeToReading(ctx context.Context, accountID, appealID, consentID string) error {
	if err := s.deps.Readings.AgreeToReading(ctx, accountID, appealID, consentID); err != nil {
		return fmt.Errorf("agreeing to the reading of photos: %w", err)
	}
	return nil
}

// ReadPhoto has a ready photo of a resident ID read, once: a later call returns what became of the first one. Without an answer
// the material stays as it is, without a reading. Errors: ErrNotFound, ErrNotOpen, ErrNoConsent.
func (s *Service) ReadPhoto(ctx context.Context, accountID, appealID, id string) (Material, error) {
	a, m, err := s.photoOf(ctx, accountID, appealID, id)
	if err != nil {
		return Material{}, err
	}
	if m.Reading.State != "" {
		return m, nil
	}
	if _, ok := sideOf(m.Item); !ok || m.State != Ready || !s.OffersReading(a) {
		return Material{}, ErrNotOpen
	}
	now := s.now()
	claimed, err := s.deps.Readings.ClaimReading(ctx, accountID, m, now, now.Add(-consentLife))
	if err != nil {
		return Material{}, fmt.Errorf("claiming a photo to read: %w", err)
	}
	if claimed {
		m.Reading.AskedAt = now
		// A person who reloads the page has agreed to one call, and gets its answer.
		asking, end := s.reading.begin(context.WithoutCancel(ctx), accountID, m)
		outcome := s.outcomeOf(asking, accountID, m)
		end()
		settled, done := settling(ctx)
		defer done()
		if err = s.deps.Readings.FinishReading(settled, m, outcome); err != nil && !errors.Is(err, ErrNotOpen) {
			return Material{}, fmt.Errorf("storing the reading of a photo: %w", err)
		}
		ctx = settled
	}
	_, m, err = s.photoOf(ctx, accountID, appealID, id)
	return m, err
}

// outcomeOf asks the recognizers. Whatever goes wrong, the photo is not read and that is all: the call counts its own failures.
func (s *Service) outcomeOf(ctx context.Context, accountID string, m Material) PhotoReading {
	side, _ := sideOf(m.Item)
	agreed := func(ctx context.Context) bool { return s.stillAsking(ctx, accountID, m) }
	unread := PhotoReading{State: NotRead, AskedAt: m.Reading.AskedAt}
	if m.Bytes > photo.MaxBytes {
		return unread
	}
	jpeg, err := io.ReadAll(io.NewSectionReader(&partReader{ctx: ctx, store: s.deps.Materials, material: m.ID, copy: m.CopyID}, 0, m.Bytes))
	if err != nil {
		return unread
	}
	values, err := s.deps.Photos.Read(ctx, photo.Photo{Side: side, JPEG: jpeg, Agreed: agreed})
	if err != nil {
		return unread
	}
	return PhotoReading{State: Read, Values: values, AskedAt: m.Reading.AskedAt}
}

// stillAsking reports whether the claim of a photo has not ended, as it does with the consent.
func (s *Service) stillAsking(ctx context.Context, accountID string, claimed Material) bool {
	_, m, err := s.photoOf(ctx, accountID, claimed.AppealID, claimed.ID)
	return err == nil && m.Reading.State == Asking && m.Reading.AskedAt.Equal(claimed.Reading.AskedAt)
}

// photoOf returns a material of an account with its reading, and its appeal.
func (s *Service) photoOf(ctx context.Context, accountID, appealID, id string) (Appeal, Material, error) {
	a, err := s.Get(ctx, accountID, appealID)
	if err != nil {
		return Appeal{}, Material{}, err
	}
	i := slices.IndexFunc(a.Materials, func(m Material) bool { return m.ID == id })
	if i < 0 {
		return Appeal{}, Material{}, ErrNotFound
	}
	return a, a.Materials[i], nil
}

// markAbandonedReadings shows readings as not read whose server has ended before it had the answer. A photo is sent once.
func (s *Service) markAbandonedReadings(materials []Material) {
	for i, m := range materials {
		if m.Reading.State == Asking && s.now().After(m.Reading.AskedAt.Add(claimTime)) {
			materials[i].Reading.State = NotRead
		}
	}
}

// Items of the checklist whose photos are read.
const frontItem, backItem = "document_front", "document_back"

func sideOf(item string) (photo.Side, bool) {
	switch item {
	case frontItem:
		return photo.Front, true
	case backItem:
		return photo.Back, true
	}
	return "", false
}
