package people

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Matrix gives who comes with which document in which channel, who looks at the
// face, and which fates are played, as docs/sandbox.md shows it. The person is
// the first one who passes.
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

// cell gives who looks at the face and what is played.
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

// FatesElsewhere gives the fates that no resident ID meets in Alipay, as
// docs/sandbox.md shows them.
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
