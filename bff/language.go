package bff

import (
	"strconv"
	"strings"

	"renzheng/identity"
)

// Languages of the API.
const (
	chinese     = identity.Chinese
	traditional = identity.Traditional
	english     = identity.English
)

// maxWishes bounds what is read of an Accept-Language; browsers send a handful.
const maxWishes = 10

// languageOf returns the supported language with the highest weight in the lines
// of Accept-Language, or Chinese if none is supported.
func languageOf(lines []string) string {
	header := strings.Join(lines, ",")
	best, language := 0.0, chinese
	for range maxWishes {
		wish, rest, more := strings.Cut(header, ",")
		tag, weight := wished(wish)
		if ours := oursFor(tag); ours != "" && weight > best {
			best, language = weight, ours
		}
		if !more {
			break
		}
		header = rest
	}
	return language
}

// wished parses one element such as "en-GB;q=0.8". It returns the tag "" if the
// element is malformed. Names of parameters are compared without case (RFC 9110
// §5.6.6).
func wished(wish string) (tag string, weight float64) {
	tag, parameter, weighted := strings.Cut(strings.TrimSpace(wish), ";")
	if !weighted {
		return strings.TrimSpace(tag), 1
	}
	name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
	weight, err := strconv.ParseFloat(value, 64)
	if !strings.EqualFold(name, "q") || err != nil || !(0 <= weight && weight <= 1) {
		return "", 0
	}
	return strings.TrimSpace(tag), weight
}

// oursFor returns the supported language for a tag, or "". Phones write zh_TW as
// well as zh-TW.
func oursFor(tag string) string {
	primary, rest, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	switch {
	case strings.EqualFold(primary, "zh"):
		return scriptOf(rest)
	case strings.EqualFold(primary, "en"):
		return english
	}
	return ""
}

// scriptOf returns the script that the rest of a Chinese tag names, or else the
// one of its region.
func scriptOf(subtags string) string {
	for subtag := range strings.SplitSeq(strings.ToLower(subtags), "-") {
		switch subtag {
		case "hans":
			return chinese
		case "hant", "tw", "hk", "mo":
			return traditional
		}
	}
	return chinese
}
