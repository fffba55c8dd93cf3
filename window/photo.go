package window

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"renzheng/staff"
)

// Side is a side of an original document: the person's, or that of the guardian of a minor.
type Side string

// The sides.
const (
	Front         Side = "front"
	Back          Side = "back"
	GuardianFront Side = "guardian_front"
	GuardianBack  Side = "guardian_back"
)

// Sides returns the sides in the order in which they are shown.
func Sides() []Side { return []Side{Front, Back, GuardianFront, GuardianBack} }

// Upload is a file that a member uploaded as the photo of a side.
type Upload struct {
	Side    Side
	Content []byte
}

// Photo is a clean photo of one side of an original document. Personal.
type Photo struct {
	Side    Side
	SHA256  string // of the bytes, hex
	Content []byte // JPEG; not part of the evidence, but stored next to it
}

// Cleaner makes an uploaded picture harmless (R55).
type Cleaner interface {
	// Picture returns the picture as a JPEG that has nothing but its pixels. It returns an error for anything that is not a picture.
	Picture(ctx context.Context, content []byte) ([]byte, error)
}

// PhotoTime is how long photos are shown after a look at the evidence for a dispute. Each later look is recorded anew.
const PhotoTime = 10 * time.Minute

// PhotoRules say where the photo of the document is required. Elsewhere it is optional.
type PhotoRules struct {
	Offices []string // ids; "*" = all
	Reasons []string // codes of the policy
}

// Demanded returns the sides of which there must be a photo if documents are seen at an office for a reason: the front of the person's,
// and of the guardian's if there is one.
func (r PhotoRules) Demanded(office, reason string, guarded bool) []Side {
	switch {
	case !slices.Contains(r.Offices, "*") && !slices.Contains(r.Offices, office) && !slices.Contains(r.Reasons, reason):
		return nil
	case guarded:
		return []Side{Front, GuardianFront}
	}
	return []Side{Front}
}

// checkPhotos returns ErrPhoto for a side that is unknown or comes twice, a back without a front, a guardian's document without a
// guardian, or a photo that is missing.
func (s *Service) checkPhotos(office string, seen Seen) error {
	sides := map[Side]bool{}
	for _, p := range seen.Photos {
		if !slices.Contains(Sides(), p.Side) || sides[p.Side] || s.Cleaner == nil {
			return ErrPhoto
		}
		sides[p.Side] = true
	}
	guarded := seen.Guardian != nil
	if sides[Back] && !sides[Front] || sides[GuardianBack] && !sides[GuardianFront] || sides[GuardianFront] && !guarded {
		return ErrPhoto
	}
	for _, side := range s.Photos.Demanded(office, seen.Reason, guarded) {
		if !sides[side] {
			return ErrPhoto
		}
	}
	return nil
}

// cleanPhotos makes the photos harmless.
func (s *Service) cleanPhotos(ctx context.Context, uploads []Upload) ([]Photo, error) {
	var photos []Photo
	for _, u := range uploads {
		clean, err := s.Cleaner.Picture(ctx, u.Content)
		if err != nil {
			return nil, fmt.Errorf("cleaning the photo of a document: %w", err)
		}
		digest := sha256.Sum256(clean)
		photos = append(photos, Photo{Side: u.Side, SHA256: hex.EncodeToString(digest[:]), Content: clean})
	}
	return photos, nil
}

// Photo returns a photo of the document to a supervisor to whom the evidence was shown: to approve it, until it is decided; for a
// dispute, for the next [PhotoTime]. Errors: ErrRole, ErrNotFound, ErrState, ErrNotShown.
func (s *Service) Photo(ctx context.Context, m staff.Member, visitID string, side Side) ([]byte, error) {
	if m.Office == "" || !m.Has(staff.Supervisor) {
		return nil, ErrRole
	}
	content, err := s.Visits.VisitPhoto(ctx, Act{VisitID: visitID, Member: m, Now: s.now()}, side)
	if err != nil {
		return nil, fmt.Errorf("reading the photo of a document: %w", err)
	}
	return content, nil
}
