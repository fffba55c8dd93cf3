package window

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
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
	Photos     []Upload // of the document; at most one of each side
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
	if _, ok := s.Policy.Reason(seen.Reason); !ok {
		return ErrReason
	}
	if age, ok := ageAt(seen.Document, now); ok && age < child {
		return ErrTooYoung
	}
	if !seen.guarded(now) {
		return ErrGuardian
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
		Act: a, RegistryID: seen.RegistryID, CaseID: seen.CaseID, Reason: seen.Reason, Evidence: e, Salt: salt, Miss: miss,
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

// plainEvidence is what is sealed and committed to. The shape is kept: an opening builds the same JSON.
type plainEvidence struct {
	Document plainDocument  `json:"document"`
	Guardian *plainGuardian `json:"guardian,omitempty"`
	Witness  string         `json:"witness,omitempty"`
	Photos   []plainPhoto   `json:"photos,omitempty"`
}

type plainPhoto struct {
	Side   string `json:"side"`
	SHA256 string `json:"sha256"`
}

type plainDocument struct {
	Type   string `json:"type"`
	Number string `json:"number"`
	Name   string `json:"name"`
}

type plainGuardian struct {
	Document plainDocument `json:"document"`
	Relation string        `json:"relation"`
}

func plainOf(d identity.Document) plainDocument {
	return plainDocument{Type: string(d.Type), Number: d.Number.Reveal(), Name: d.Name.Original()}
}

// Plain returns the evidence as JSON, to be sealed. Personal.
func (e Evidence) Plain() ([]byte, error) {
	plain := plainEvidence{Document: plainOf(e.Document), Witness: e.Witness}
	if e.Guardian != nil {
		plain.Guardian = &plainGuardian{plainOf(e.Guardian.Document), e.Guardian.Relation}
	}
	for _, p := range e.Photos {
		plain.Photos = append(plain.Photos, plainPhoto{string(p.Side), p.SHA256})
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return nil, errors.New("encoding evidence")
	}
	return text, nil
}

// EvidenceOf reads what Plain returned.
func EvidenceOf(text []byte) (Evidence, error) {
	var plain plainEvidence
	if json.Unmarshal(text, &plain) != nil {
		return Evidence{}, errors.New("decoding evidence: not what was stored")
	}
	d, err := plain.Document.parse()
	e := Evidence{Document: d, Witness: plain.Witness}
	for _, p := range plain.Photos {
		e.Photos = append(e.Photos, Photo{Side: Side(p.Side), SHA256: p.SHA256})
	}
	if err == nil && plain.Guardian != nil {
		e.Guardian = &Guardian{Relation: plain.Guardian.Relation}
		e.Guardian.Document, err = plain.Guardian.Document.parse()
	}
	return e, err
}

func (p plainDocument) parse() (identity.Document, error) {
	d, err := identity.ParseDocument(identity.DocumentType(p.Type), p.Number, p.Name)
	if err != nil {
		return identity.Document{}, fmt.Errorf("reading a document that was seen: %w", err)
	}
	return d, nil
}

// evidenceDomain is hashed before the salt.
const evidenceDomain = "renzheng/window-evidence/1\x00"

// Commit returns the digest by which an entry of the ledger commits to the evidence.
func (e Evidence) Commit(salt []byte) (string, error) {
	text, err := e.Plain()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	digest.Write([]byte(evidenceDomain))
	digest.Write(salt)
	digest.Write(text)
	return base64.RawURLEncoding.EncodeToString(digest.Sum(nil)), nil
}
