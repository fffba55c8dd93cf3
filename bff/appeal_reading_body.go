package bff

import (
	"strings"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
)

// readingBody is what was read in a photo of a document, as its sender sees it: masked, because the session may not be theirs.
type readingBody struct {
	State        string     `json:"state" doc:"asking, read or not_read (a reviewer reads the photo). New values may be added." example:"read"`
	Fault        string     `json:"fault,omitempty" doc:"Why nothing was read; another photo helps, and none is needed. New values may be added." example:"too_blurred"`
	FaultText    string     `json:"fault_text,omitempty" doc:"The same, with how to do better, for the person."`
	NameMasked   string     `json:"name_masked,omitempty" example:"**三"`
	NumberMasked string     `json:"number_masked,omitempty" example:"1****************X"`
	Validity     bool       `json:"validity,omitempty" doc:"Whether a validity was read. It is not shown: it is asked for in checks."`
	Hints        []string   `json:"hints" nullable:"false" doc:"What makes a better photo, for the person."`
	Corrected    []string   `json:"corrected" nullable:"false" doc:"Which of name, number and validity the person corrected."`
	ConfirmedAt  *time.Time `json:"confirmed_at,omitempty" doc:"When the person confirmed the values."`
}

// readingOf returns a reading as it may be shown to the account, and nothing if it is absent.
func readingOf(c *call, r appeal.PhotoReading) *readingBody {
	if r.State == "" {
		return nil
	}
	body := &readingBody{State: string(r.State), Hints: []string{}, Corrected: []string{}, ConfirmedAt: when(r.ConfirmedAt)}
	texts := appeal.Catalogue()
	if v := r.Values; v.Fault != "" {
		body.Fault, body.FaultText = string(v.Fault), texts.Faults[v.Fault].For(c.language)
	} else {
		body.NameMasked, body.NumberMasked, body.Validity = maskedName(v.Name), maskedNumber(v.Number), !v.From.IsZero()
	}
	for _, w := range r.Hints() {
		body.Hints = append(body.Hints, texts.Hints[w].For(c.language))
	}
	for _, field := range []struct {
		name      string
		corrected bool
	}{{"name", !r.Correction.Name.IsZero()}, {"number", !r.Correction.Number.IsZero()}, {"validity", !r.Correction.ValidFrom.IsZero()}} {
		if field.corrected {
			body.Corrected = append(body.Corrected, field.name)
		}
	}
	return body
}

// maskedName masks a name that may be misread.
func maskedName(raw identity.Secret) string {
	if name, err := identity.ParseName(raw.Reveal()); err == nil {
		return name.Masked()
	}
	return hidden(raw)
}

func maskedNumber(raw identity.Secret) string {
	if number, err := identity.ParseNumber(identity.ResidentID, raw.Reveal()); err == nil {
		return number.Masked()
	}
	return hidden(raw)
}

// hidden shows only how long a text is: of one that is no name and no number, nothing is known.
func hidden(raw identity.Secret) string { return strings.Repeat("*", len([]rune(raw.Reveal()))) }
