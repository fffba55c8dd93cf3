package material

import "errors"

// Reason is why a file is rejected. Reasons are on the wire, and never renamed.
type Reason string

// The reasons.
const (
	KindUnknown   Reason = "kind_unknown"    // not an accepted format
	HEIC          Reason = "heic"            // the default format of some phones, which can send JPEG instead
	KindDiffers   Reason = "kind_differs"    // a picture instead of a video, or the other way round
	TooLarge      Reason = "too_large"       // too many bytes
	TooManyPixels Reason = "too_many_pixels" // or too much memory to decode them
	TooSmall      Reason = "too_small"       // too few pixels to read anything on it
	TooLong       Reason = "too_long"        // too many seconds or frames
	Damaged       Reason = "damaged"         // incomplete, or not what it claims to be
	CodecUnknown  Reason = "codec_unknown"   // a video that is not H.264 or H.265, or is in fragments
)

// Reasons returns all reasons.
func Reasons() []Reason {
	return []Reason{KindUnknown, HEIC, KindDiffers, TooLarge, TooManyPixels, TooSmall, TooLong, Damaged, CodecUnknown}
}

// ErrBusy reports that the context ended while another file was cleaned. The file was not looked at, so the caller may try again.
var ErrBusy = errors.New("other material is being cleaned")

// RejectedError reports that a file is not accepted. It contains nothing of the file, so it may be logged.
type RejectedError struct{ Reason Reason }

func (e *RejectedError) Error() string { return "material rejected: " + string(e.Reason) }

func reject(r Reason) error { return &RejectedError{r} }

// ReasonOf returns the reason of a rejection, or "" for another error.
func ReasonOf(err error) Reason {
	if rejected := new(RejectedError); errors.As(err, &rejected) {
		return rejected.Reason
	}
	return ""
}
