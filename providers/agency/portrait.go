package agency

import (
	"encoding/base64"

	"renzheng/providers/kit"
)

const (
	maxPictureBytes = 2 << 20
)

// picture returns the bytes of a JPEG or PNG in base64, or nil. Only the header is
// decoded.
func picture(text string) []byte {
	if text == "" || base64.StdEncoding.DecodedLen(len(text)) > maxPictureBytes {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !kit.IsPicture(raw) {
		return nil
	}
	return raw
}
