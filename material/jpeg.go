package material

import (
	"bufio"
	"errors"
	"io"
)

// maxScans bounds the scans of a progressive picture, because each costs time in the decoder. Encoders use about ten.
const maxScans = 32

// Markers of JPEG.
const (
	startOfFrame       = 0xc0
	startProgressive   = 0xc2
	startOfImage       = 0xd8
	endOfImage         = 0xd9
	startOfScan        = 0xda
	application1       = 0xe1 // holds EXIF
	firstRestart       = 0xd0
	lastRestart        = 0xd7
	bytesOfCoefficient = 4 // in the memory of the decoder
)

// jpegHeader has what determines the memory that decoding takes, and the orientation.
type jpegHeader struct {
	progressive bool
	samples     int64 // per pixel, in hundredths
	upright     orientation
}

// bytes returns the memory that decoding a number of pixels takes.
func (h *jpegHeader) bytes(pixels int64) int64 {
	n := pixels * h.samples / 100
	if h.progressive {
		n *= 1 + bytesOfCoefficient
	}
	return n
}

// readJPEGHeader reads all segments without decoding the scans. It rejects a picture with more than maxScans scans.
func readJPEGHeader(r *bufio.Reader) (*jpegHeader, error) {
	h, scans := &jpegHeader{upright: 1}, 0
	for {
		marker, err := nextMarker(r)
		if errors.Is(err, io.EOF) || marker == endOfImage {
			break // the decoder finds out whether something is missing
		}
		if err != nil {
			return h, reject(Damaged)
		}
		if marker == startOfImage || marker >= firstRestart && marker <= lastRestart {
			continue
		}
		if marker == startOfScan {
			if scans++; scans > maxScans {
				return h, reject(TooManyPixels)
			}
		}
		if err = h.segment(r, marker); err != nil {
			return h, reject(Damaged)
		}
	}
	if h.samples == 0 {
		return h, reject(Damaged)
	}
	return h, nil
}

// nextMarker skips entropy-coded data and returns the marker after it.
func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err //nolint:wrapcheck // compared with io.EOF
		}
		for b == 0xff {
			if b, err = r.ReadByte(); err != nil {
				return 0, err //nolint:wrapcheck // likewise
			}
			if b != 0 && b != 0xff {
				return b, nil
			}
		}
	}
}

// segment reads the segment of a marker.
func (h *jpegHeader) segment(r *bufio.Reader, marker byte) error {
	var length [2]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return err
	}
	n := int(length[0])<<8 | int(length[1])
	if n < len(length) {
		return io.ErrUnexpectedEOF
	}
	content := make([]byte, n-len(length))
	if _, err := io.ReadFull(r, content); err != nil {
		return err
	}
	switch marker {
	case startOfFrame, startOfFrame + 1, startProgressive:
		h.progressive = h.progressive || marker == startProgressive
		h.samples = max(h.samples, samplesOf(content))
	case application1:
		if o := exifOrientation(content); o != 0 {
			h.upright = o
		}
	}
	return nil
}

// samplesOf returns the samples per pixel of a frame header, in hundredths: 300 for three components without subsampling. It returns 0
// if the header is damaged.
func samplesOf(frame []byte) int64 {
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) {
		return 0
	}
	across, down, samples := int64(1), int64(1), int64(0)
	for i := range int(frame[5]) {
		h, v := int64(frame[7+3*i]>>4), int64(frame[7+3*i]&0xf)
		across, down, samples = max(across, h), max(down, v), samples+h*v
	}
	return samples * 100 / (across * down)
}
