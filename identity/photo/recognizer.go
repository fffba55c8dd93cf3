package photo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// MaxBytes is the largest photo that a recognizer accepts.
const MaxBytes = 6 << 20

// ErrNotRead is returned by a recognizer that returned no reading: it was not asked, did not answer, or rejected the request.
// Nothing is decided by a recognition, so another recognizer may be asked after any error.
var ErrNotRead = errors.New("the photo was not read")

// Photo is one side of a document, as JPEG. Personal.
type Photo struct {
	Side   Side
	JPEG   []byte
	Agreed func(context.Context) bool // reports whether the person still agrees that it is sent; nil: it is not asked again
}

var (
	_ fmt.Formatter  = Photo{}
	_ slog.LogValuer = Photo{}
)

// String returns side and size, and nothing of the picture.
func (p Photo) String() string { return fmt.Sprintf("photo of the %s, %d bytes", p.Side, len(p.JPEG)) }

// Format writes String whatever the verb.
func (p Photo) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, p.String()) }

// LogValue returns String.
func (p Photo) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText returns String. encoding/json uses it too.
func (p Photo) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Recognizer reads photos of resident IDs. Safe for concurrent use. Errors wrap ErrNotRead.
type Recognizer interface {
	Recognize(ctx context.Context, p Photo) (Reading, error)
}

// FirstOf asks one recognizer after another until one returns a reading. A photo whose person does not agree any more is not sent
// to the next one.
type FirstOf []Recognizer

// Recognize implements [Recognizer]. The error is that of the last one.
func (f FirstOf) Recognize(ctx context.Context, p Photo) (Reading, error) {
	err := ErrNotRead
	for _, one := range f {
		if p.Agreed != nil && !p.Agreed(ctx) {
			return Reading{}, ErrNotRead
		}
		var reading Reading
		if reading, err = one.Recognize(ctx, p); err == nil {
			return reading, nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	return Reading{}, err
}
