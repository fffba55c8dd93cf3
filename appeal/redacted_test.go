package appeal_test

import (
	"testing"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/identity/identitytest"
	"renzheng/identity/photo"
)

// Nothing that a person sent or that was read of them is in a log, an error or JSON, whichever type holds it.
func TestPersonal_IsPrintedByNoType(t *testing.T) {
	t.Parallel()
	const name, number, words = "买买提·吐尔逊", "11010519491231002X", "请再看一次"
	typed, err := identity.ParseDocument(identity.ResidentID, number, name)
	if err == nil {
		typed, err = typed.WithValidity("2010-05-01", identity.LongTerm)
	}
	if err != nil {
		t.Fatal(err)
	}
	said := identity.NewSecret(words)
	reading := appeal.PhotoReading{
		State:      appeal.Read,
		Values:     photo.Reading{Side: photo.Front, Name: identity.NewSecret(name), Number: identity.NewSecret(number), Issuer: said}.WithValidity("2010.05.01-2029.05.01"),
		Correction: appeal.Correction{Name: identity.NewSecret(name), Number: identity.NewSecret(number), ValidFrom: typed.ValidFrom, ValidUntil: identity.Date{Year: 2029, Month: 5, Day: 1}},
	}
	a := appeal.Appeal{
		ID: "apl_1", Form: appeal.Form{Contact: said, Device: said, App: said, Text: said}, Decision: appeal.Decision{Reason: said, Ground: said},
		Typed: typed, Returned: said, Messages: []appeal.Message{{Text: said}}, Materials: []appeal.Material{{ID: "mat_1", Reading: reading}},
	}
	part := appeal.Part{MaterialID: "mat_1", Data: []byte(name + number)}
	secrets := []string{
		name, "买买", number, "110105", words, "2010", "2029", "0501",
		"E4B9B0", "e4b9b0", "228 185 176", "5Lmw", // the first character of the name as bytes
	}
	identitytest.WantMasked(t, secrets, a, &a, reading, reading.Correction, &reading.Correction, reading.Lines(typed), part, &part,
		appeal.Submission{Form: a.Form}, appeal.Reply{Text: said}, appeal.Inquiry{Text: said}, appeal.Proposal{Decision: a.Decision}, appeal.Return{Reason: said},
		photo.Photo{Side: photo.Front, JPEG: part.Data}, &photo.Photo{JPEG: part.Data})
	if got := reading.Correction.String(); got != "correction of [name number validity]" {
		t.Errorf("got %q", got)
	}
}
