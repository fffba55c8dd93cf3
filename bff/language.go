package bff

import (
	"strconv"
	"strings"

	"renzheng/verification"
)

// Languages of the API.
const (
	chinese     = verification.Chinese
	traditional = verification.Traditional
	english     = verification.English
)

// maxWishes bounds what is read of an Accept-Language; browsers send a handful.
const maxWishes = 10

// languageOf picks from the lines of Accept-Language the wish we can meet, Chinese
// else.
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

// wished reads one wish such as "en-GB;q=0.8", "" where it cannot be read. Names
// of parameters have no case (RFC 9110 §5.6.6).
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

// oursFor gives our language for a tag, "" where we have none. Phones write
// zh_TW as well as zh-TW.
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

// scriptOf gives the script that the rest of a Chinese tag names, or else the
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
