package window

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/random"
	"renzheng/staff"
)

// Seen is what a member typed from the original document.
type Seen struct {
	RegistryID string
	CaseID     string
	Document   identity.Document
	Again      identity.Number // the number typed a second time
	Reason     string
	Guardian   *Guardian
	Unable     bool // the person cannot write
	Witness    identity.Secret
	Photos     []Upload // of the documents; at most one of each side
	Anyway     bool     // the visit goes on though the person has nothing to answer, as for a request to the centre
}

// child is the age below which nothing is kept of a person (R9).
const child = 14

const maxWitness = 50 // characters

// ageAt returns the age in years by the calendar of Beijing, and false for a document without a birth date.
func ageAt(d identity.Document, at time.Time) (int, bool) {
	birth, ok := d.BirthDate()
	if !ok {
		return 0, false
	}
	return identity.AgeAt(birth, at), true
}

// check returns what is wrong with what was typed.
func (s *Service) check(seen Seen, now time.Time) error {
	if seen.Document.Number != seen.Again {
		return ErrTypedDifferently
	}
	reason, ok := s.Policy.Reason(seen.Reason)
	if !ok {
		return ErrReason
	}
	if age, ok := ageAt(seen.Document, now); ok && age < child {
		return ErrTooYoung
	}
	if !seen.guarded(now) {
		return ErrGuardian
	}
	if reason.Minor && !seen.minor(now) {
		return ErrNotMinor
	}
	if seen.Unable != (seen.Witness.Reveal() != "") {
		return ErrWitness
	}
	if seen.Unable && identity.PlainText(seen.Witness.Reveal(), maxWitness) != nil {
		return ErrWitness
	}
	return nil
}

// guarded reports whether a minor, and nobody else, comes with an adult guardian. The age may be unknown, as of a passport.
func (seen Seen) guarded(now time.Time) bool {
	age, known := ageAt(seen.Document, now)
	g := seen.Guardian
	if g == nil {
		return !known || age >= identity.FullAge
	}
	years, dated := ageAt(g.Document, now)
	return (!known || age < identity.FullAge) && (!dated || years >= identity.FullAge) &&
		slices.Contains(Relations(), g.Relation) && !g.Document.Same(seen.Document)
}

// minor reports whether the person is under full age. If the document does not tell the age, the guardian decides.
func (seen Seen) minor(now time.Time) bool {
	age, known := ageAt(seen.Document, now)
	return known && age < identity.FullAge || !known && seen.Guardian != nil
}

// Identify records that the member saw the original document of the person of a visit. The person is found by the keyed
// look-up of what was typed. The visit then waits for a second member.
//
// Errors: those of this package. A document that does not match is recorded and counted.
func (s *Service) Identify(ctx context.Context, m staff.Member, visitID string, seen Seen) (Visit, error) {
	if err := serves(m); err != nil {
		return Visit{}, err
	}
	a, err := s.act(m, visitID, KindVerified, seen.Reason)
	if err != nil {
		return Visit{}, err
	}
	if err = errors.Join(s.check(seen, a.Now), s.checkPhotos(m.Office, seen)); err != nil {
		return Visit{}, err
	}
	if len(seen.Photos) > 0 { // to clean them costs more than all the rest
		if err = s.Visits.MayIdentify(ctx, a, s.Limits); err != nil {
			return Visit{}, fmt.Errorf("identifying a person: %w", err)
		}
	}
	photos, err := s.cleanPhotos(ctx, seen.Photos)
	if err != nil {
		return Visit{}, err
	}
	e := Evidence{Document: seen.Document, Guardian: seen.Guardian, Witness: seen.Witness.Reveal(), Photos: photos}
	salt, err := random.Bytes(s.Rand, sha256.Size)
	if err != nil {
		return Visit{}, err
	}
	if a.Entry.Digest, err = e.Commit(salt); err != nil {
		return Visit{}, err
	}
	miss, err := s.miss(m, visitID)
	if err != nil {
		return Visit{}, err
	}
	v, err := s.Visits.IdentifyVisit(ctx, Identification{
		Act: a, RegistryID: seen.RegistryID, CaseID: seen.CaseID, Reason: seen.Reason, Evidence: e, Salt: salt, Miss: miss, Anyway: seen.Anyway,
	})
	if err != nil {
		return Visit{}, fmt.Errorf("identifying a person: %w", err)
	}
	return v, nil
}

// miss is what is recorded if the document does not match. Its reason is for the store to fill in.
func (s *Service) miss(m staff.Member, visitID string) (Miss, error) {
	id, err := random.ID(s.Rand, "vim_")
	if err != nil {
		return Miss{}, err
	}
	a, err := s.act(m, visitID, KindMissed, "")
	return Miss{ID: id, Entry: a.Entry, Limits: s.Limits}, err
}
