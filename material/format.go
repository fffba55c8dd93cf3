package material

import "bytes"

// Kind is the kind of a file: what a person is asked for.
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
	mp4Format  format = "mp4" // also QuickTime, whose container it shares
)

// headBytes is how many bytes of a file formatOf needs.
const headBytes = 16

// formatOf returns the format of a file by its first bytes. It rejects other formats.
func formatOf(head []byte) (format, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return jpegFormat, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return pngFormat, nil
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return webpFormat, nil
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return formatOfBrand(string(head[8:12]))
	}
	return "", reject(KindUnknown)
}

// formatOfBrand tells HEIC pictures, which it rejects, from videos by the major brand of the container that both use.
func formatOfBrand(brand string) (format, error) {
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
