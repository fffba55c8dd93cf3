package people_test

import (
	"testing"
	"time"

	"renzheng/test/people"
)

func TestInPhoto_FindsWhatASampleShows(t *testing.T) {
	t.Parallel()
	now := time.Now()
	sizes := map[[2]int]bool{}
	for _, finding := range people.PhotoFindings() {
		for _, front := range []bool{true, false} {
			width, height, ok := people.PhotoSize(people.Passes, front, finding)
			p, side, found, known := people.InPhoto(width, height, now)
			if !ok || !known || p.OpenID != "sandbox-01-0" || side != front || found != finding || sizes[[2]int{width, height}] {
				t.Errorf("%s, front %t: got %s, front %t, %s at %d × %d", finding, front, p.OpenID, side, found, width, height)
			}
			sizes[[2]int{width, height}] = true
		}
	}
	for _, other := range [][2]int{{640, 480}, {801, 499}, {899, 500}, {801, 600}} {
		if _, _, _, known := people.InPhoto(other[0], other[1], now); known {
			t.Errorf("something is found in a picture of %v", other)
		}
	}
}
