package session

import (
	"math"
	"strconv"
	"strings"
)

// The device floor (M-4).
const (
	androidMajor, androidMinor = 4, 3
	iosMajor                   = 11
)

// supported reports whether the device that the client describes is not below the
// floor. Values that the client could not read are accepted: an unknown platform,
// no version, version 0, which no system has, and a version without its minor
// number. The floor is a courtesy to owners of old phones, not a protection.
func (c Client) supported() bool {
	major, minor, ok := majorMinor(c.Version)
	if !ok || major < 1 {
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

// majorMinor parses "4", "4.3" or "4.3.1". For an absent minor number it returns
// the highest possible one.
func majorMinor(version string) (major, minor int, ok bool) {
	first, rest, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return 0, 0, false
	}
	second, _, _ := strings.Cut(rest, ".")
	if second == "" {
		return major, math.MaxInt, true
	}
	minor, err = strconv.Atoi(second)
	return major, minor, err == nil
}
