package photo

import (
	"context"
	"time"

	"renzheng/identity"
)

// ReadTime is how long a Reader takes at most, whatever its recognizers do.
const ReadTime = 15 * time.Second

// Reader reads photos for any flow that has the person's consent to it. It keeps nothing. Safe for concurrent use.
type Reader struct {
	recognizer Recognizer
	clock      func() time.Time
}

// NewReader returns a reader that asks a recognizer.
func NewReader(r Recognizer, clock func() time.Time) *Reader { return &Reader{r, clock} }

// Read returns what is read in a photo, with the warning Expired if its validity is over today. It asks at most once and ends
// within ReadTime. Errors wrap ErrNotRead: nothing is known then, and nothing is wrong with the photo.
func (r *Reader) Read(ctx context.Context, p Photo) (Reading, error) {
	if len(p.JPEG) == 0 || len(p.JPEG) > MaxBytes || p.Side != Front && p.Side != Back {
		return Reading{}, ErrNotRead
	}
	ctx, cancel := context.WithTimeout(ctx, ReadTime)
	defer cancel()
	reading, err := r.recognizer.Recognize(ctx, p)
	if err != nil {
		return Reading{}, err
	}
	return reading.plain().On(identity.DateAt(r.clock())), nil
}
