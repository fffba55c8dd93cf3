package material

import "bytes"

// Kind is what a person is asked for.
type Kind string

// The kinds.
const (
	Picture Kind = "picture"
	Video   Kind = "video"
)

// format is how a file is encoded.
type format string

const (
	jpegFormat format = "jpeg"
	pngFormat  format = "png"
	webpFormat format = "webp"
	mp4Format  format = "mp4" // and QuickTime, from which it comes
)

// headBytes is how much of a file formatOf needs.
const headBytes = 16

// formatOf returns the format that the first bytes of a file show.
func formatOf(head []byte) (format, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return jpegFormat, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return pngFormat, nil
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return webpFormat, nil
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return brandOf(string(head[8:12]))
	}
	return "", reject(KindUnknown)
}

// brandOf tells pictures from videos by the major brand of their common container.
func brandOf(brand string) (format, error) {
	switch brand {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis":
		return "", reject(HEIC)
	}
	return mp4Format, nil
}

func (f format) kind() Kind {
	if f == mp4Format {
		return Video
	}
	return Picture
}
