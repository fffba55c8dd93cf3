package material

import "errors"

// Reason says why a file is rejected. Reasons are public and stable.
type Reason string

// The reasons.
const (
	KindUnknown   Reason = "kind_unknown"    // neither a picture nor a video that is accepted
	HEIC          Reason = "heic"            // a picture as some phones store it by default; it can be sent as JPEG
	KindDiffers   Reason = "kind_differs"    // a picture instead of a video, or the other way round
	TooLarge      Reason = "too_large"       // bytes
	TooManyPixels Reason = "too_many_pixels" // or as many bytes when decoded
	TooSmall      Reason = "too_small"       // nothing could be read on it
	TooLong       Reason = "too_long"        // seconds, or frames
	Damaged       Reason = "damaged"         // incomplete, or not what it claims to be
	CodecUnknown  Reason = "codec_unknown"   // a video that is not H.264 or H.265, or is in fragments
)

// Reasons returns all reasons.
func Reasons() []Reason {
	return []Reason{KindUnknown, HEIC, KindDiffers, TooLarge, TooManyPixels, TooSmall, TooLong, Damaged, CodecUnknown}
}

// ErrBusy reports that a file was not looked at, because others were cleaned for too long.
var ErrBusy = errors.New("other material is being cleaned")

// RejectedError reports that a file is not accepted. It contains nothing of the file.
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
