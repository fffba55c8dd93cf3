package harness

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"slices"

	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/test/people"
)

// sample is what a picture shows.
type sample struct {
	person  people.Person
	front   bool
	finding people.PhotoFinding
}

// inPicture returns what a picture shows, and false if that is no resident ID.
func (f *fates) inPicture(picture []byte) (sample, bool) {
	size, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return sample{}, false
	}
	p, front, finding, ok := people.InPhoto(size.Width, size.Height, f.clock())
	return sample{p, front, finding}, ok
}

// printed returns what is read on the card.
func (s sample) printed() (name, number, valid string) {
	name, number, valid = s.person.Name, s.person.Number, "2015.03.01-2035.03.01"
	switch s.finding { //nolint:exhaustive // the others do not change what is printed
	case people.PhotoMisreads:
		runes := []rune(name)
		name, number = string(runes[:len(runes)-1])+"洌", number[:16]+string('0'+(number[16]-'0'+1)%10)+number[17:]
	case "expired":
		valid = "2010.03.01-2020.03.01"
	case "no_validity":
		valid = "2015.03.01-2038.03.01"
	}
	return name, number, valid
}

// tencentPhoto returns what Tencent Cloud finds in a photo.
func (f *fates) tencentPhoto(asked tencentcloudtest.Photo) tencentcloudtest.PhotoFate {
	s, ok := f.inPicture(asked.Bytes)
	switch {
	case !ok || s.finding == "no_document":
		return tencentcloudtest.PhotoFate{Code: "FailedOperation.ImageNoIdCard"}
	case s.finding == people.PhotoAway || s.finding == people.PhotoFirstAway:
		return tencentcloudtest.PhotoFate{Code: "RequestLimitExceeded"}
	case s.front != (asked.Side == "FRONT"):
		return tencentcloudtest.PhotoFate{Code: "FailedOperation.CardSideError"}
	}
	code := map[people.PhotoFinding]string{
		"too_small": "FailedOperation.IdCardTooSmall", "too_blurred": "FailedOperation.ImageBlur", "several_cards": "FailedOperation.MultiCardError",
		"unreadable": "FailedOperation.IdCardInfoIllegal",
	}[s.finding]
	fate := tencentcloudtest.PhotoFate{Code: code, Issuer: "样例市公安局（模拟）"}
	fate.Name, fate.Number, fate.Valid = s.printed()
	if s.finding == "blurred" {
		fate.Quality = 30
	}
	if warning, ok := map[people.PhotoFinding]int{
		"no_validity": -9100, "incomplete": -9101, "copy": -9102, "reshot": -9103, "temporary": -9104, "covered": -9105, "forged": -9106, "glare": -9107,
		"other_reason": -9110,
	}[s.finding]; ok {
		fate.Warnings = []int{warning}
	}
	return fate
}

// alibabaPhoto returns what Alibaba Cloud finds in a photo. It has fewer words than Tencent Cloud.
func (f *fates) alibabaPhoto(picture []byte) alibabacloudtest.PhotoFate {
	s, ok := f.inPicture(picture)
	switch {
	case !ok || s.finding == "no_document":
		return alibabacloudtest.PhotoFate{}
	case s.finding == people.PhotoAway:
		return alibabacloudtest.PhotoFate{Code: "Throttling.User", Status: http.StatusServiceUnavailable}
	case s.finding == "too_small":
		return alibabacloudtest.PhotoFate{Code: "illegalImageSize", Status: http.StatusRequestedRangeNotSatisfiable}
	case slices.Contains([]people.PhotoFinding{"too_blurred", "several_cards", "unreadable"}, s.finding):
		return alibabacloudtest.PhotoFate{Code: "illegalImageContent"}
	}
	name, number, valid := s.printed()
	fate := alibabacloudtest.PhotoFate{
		Copy: s.finding == "copy", Reshot: s.finding == "reshot", Incomplete: s.finding == "incomplete", Blurred: s.finding == "blurred", Tampered: s.finding == "forged",
	}
	if s.front {
		fate.Name, fate.Number = name, number
	} else {
		fate.Issuer, fate.Valid = "样例市公安局（模拟）", valid
	}
	return fate
}

// servePhoto answers with a sample photo: who, side=front or back, finding=reads and so on.
func (s *Sandbox) servePhoto(out http.ResponseWriter, r *http.Request) {
	p, ok := people.ByOpenID(r.FormValue("open_id"), s.fates.clock())
	side, finding := r.FormValue("side"), people.PhotoFinding(r.FormValue("finding"))
	if finding == "" {
		finding = people.PhotoReads
	}
	width, height, found := people.PhotoSize(p.Fate, side == "front", finding)
	if !ok || !found || p.Form != people.ResidentID || p.Serial != 0 || side != "front" && side != "back" {
		http.Error(out, "want the open_id of the first person of a fate, side=front or back, and a finding", http.StatusBadRequest)
		return
	}
	out.Header().Set("Content-Type", "image/jpeg")
	out.Header().Set("Content-Disposition", `attachment; filename="`+p.OpenID+"-"+side+"-"+string(finding)+`.jpg"`)
	_ = jpeg.Encode(out, drawn(width, height, side == "front"), nil)
}

// drawn returns a picture with edges, so that the client does not take it for a blurred one.
func drawn(width, height int, front bool) image.Image { //nolint:revive // flag-parameter: a card has two sides
	const stripe = 8
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			across, shade := y, uint8(200) //nolint:mnd // paper
			if front {
				across = x
			}
			if across/stripe%4 == 0 {
				shade = 60
			}
			picture.SetGray(x, y, color.Gray{Y: shade})
		}
	}
	return picture
}
