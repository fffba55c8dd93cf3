package session

import (
	"strconv"
	"strings"
)

// The device floor (M-4).
const (
	androidMajor, androidMinor = 4, 3
	iosMajor                   = 11
)

// supported holds the device floor against what the client says of itself. A
// platform or version that does not read is let through: the floor is a
// courtesy to old phones, no defence.
func (c Client) supported() bool {
	major, minor, ok := majorMinor(c.Version)
	if !ok {
		return true
	}
	switch strings.ToLower(c.Platform) {
	case "android":
		return major > androidMajor || major == androidMajor && minor >= androidMinor
	case "ios":
		return major >= iosMajor
	}
	return true
}

// majorMinor reads "4", "4.3" or "4.3.1".
func majorMinor(version string) (major, minor int, ok bool) {
	first, rest, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return 0, 0, false
	}
	second, _, _ := strings.Cut(rest, ".")
	if second == "" {
		return major, 0, true
	}
	minor, err = strconv.Atoi(second)
	return major, minor, err == nil
}
