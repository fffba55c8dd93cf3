package people

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Matrix returns a table of documents and channels with the provider of the face
// check and the fates that are played, as in docs/sandbox.md. The person of each row
// is the first one who passes.
func Matrix() string {
	var out strings.Builder
	out.WriteString("| document | person | number, as typed | account | in Alipay | in WeChat |\n|---|---|---|---|---|---|\n")
	for _, s := range shapes() {
		p, _ := Holder(s.form, Passes, 0, time.Unix(0, 0))
		fmt.Fprintf(&out, "| %s `%s` | %s | %s | `%s` |", s.label, s.form, p.Name, p.Typed, p.OpenID)
		for _, channel := range Channels() {
			fmt.Fprintf(&out, " %s |", cell(channel, s.form))
		}
		out.WriteString("\n")
	}
	return out.String()
}

// cell returns the provider of the face check and the fates that are played.
func cell(channel Channel, form Form) string {
	if channel == Alipay && form == ResidentID {
		return "`alipay`: every fate of the table above"
	}
	var fates []string
	for _, r := range Roles() {
		if r.Channel == channel && r.Form == form {
			fates = append(fates, string(r.Fate))
		}
	}
	return "`" + Role{Channel: channel, Form: form}.Provider() + "`: " + strings.Join(fates, ", ")
}

// FatesElsewhere returns a table of the fates that no resident ID in Alipay has, as
// in docs/sandbox.md.
func FatesElsewhere() string {
	var out strings.Builder
	out.WriteString("| fate | digits | what happens |\n|---|---|---|\n")
	for _, k := range kinds() {
		if !slices.Contains(Fates(), k.fate) {
			fmt.Fprintf(&out, "| `%s` | %s | %s |\n", k.fate, k.area, k.story)
		}
	}
	return out.String()
}
