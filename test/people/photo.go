package people

import (
	"slices"
	"strconv"
	"time"
)

// PhotoFinding is what a simulated recognition finds in a photo of a resident ID.
type PhotoFinding string

// The findings that cannot be caused by sending another picture. Those that are named as in package photo are that.
const (
	PhotoReads     PhotoFinding = "reads"      // name and number, or the validity, as they are
	PhotoMisreads  PhotoFinding = "misreads"   // the last character of the name and the last but one digit of the number are others
	PhotoAway      PhotoFinding = "away"       // no recognition answers
	PhotoFirstAway PhotoFinding = "first_away" // the first one does not answer
)

// photoFindings returns all findings. The place of each is the last two digits of a photo's height, which survive the cleaning.
func photoFindings() []PhotoFinding {
	return []PhotoFinding{
		PhotoReads, "no_document", "too_small", "too_blurred", "several_cards", "unreadable",
		"copy", "reshot", "forged", "temporary", "expired", "no_validity", "incomplete", "covered", "glare", "blurred", "other_reason",
		PhotoMisreads, PhotoAway, PhotoFirstAway,
	}
}

// PhotoFindings returns the names of all findings.
func PhotoFindings() []PhotoFinding { return photoFindings() }

// The sizes of sample photos: the last two digits of the width are those of the fate.
const (
	frontWidth  = 800
	backWidth   = 900
	photoHeight = 500
	photoDigits = 100
)

// PhotoSize returns the width and height of the sample photo of a side of the first person of a fate. The simulated recognitions
// know no pictures: they read a photo by its size.
func PhotoSize(fate Fate, front bool, finding PhotoFinding) (width, height int, ok bool) { //nolint:revive // flag-parameter: a card has two sides
	k, ok := kindOf(fate)
	i := slices.Index(photoFindings(), finding)
	if !ok || i < 0 {
		return 0, 0, false
	}
	width = backWidth
	if front {
		width = frontWidth
	}
	area, err := strconv.Atoi(k.area)
	return width + area, photoHeight + i, err == nil
}

// InPhoto returns whose resident ID a photo of a size shows, which side of it, and what is found. ok is false for any other picture,
// in which no document is found.
func InPhoto(width, height int, now time.Time) (p Person, front bool, finding PhotoFinding, ok bool) {
	side, area, i := width/photoDigits*photoDigits, width%photoDigits, height-photoHeight
	all := photoFindings()
	if side != frontWidth && side != backWidth || i < 0 || i >= len(all) {
		return Person{}, false, "", false
	}
	for _, k := range kinds() {
		if digits, err := strconv.Atoi(k.area); err == nil && digits == area {
			p, ok = New(k.fate, 0, now)
			return p, side == frontWidth, all[i], ok
		}
	}
	return Person{}, false, "", false
}
