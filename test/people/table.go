package people

import (
	"fmt"
	"strings"
	"time"
)

// Table returns the table of the listed persons in docs/sandbox.md. The numbers of
// children depend on the year, so that the table has their pattern.
func Table() string {
	var out strings.Builder
	out.WriteString("| person | Alipay account | resident ID number | bank card | phone | Alipay gives | what happens |\n" +
		"|---|---|---|---|---|---|---|\n")
	now := time.Unix(0, 0)
	for _, p := range Listed(now) {
		k, _ := kindOf(p.Fate)
		number := p.Number
		if k.age > 0 {
			number = fmt.Sprintf("1199%s, then 1 January %d years ago, 001", k.area, k.age)
		}
		fmt.Fprintf(&out, "| %s | `%s` | %s | %s | %s | %s | %s |\n",
			p.Name, p.OpenID, number, p.Card, p.Phone, p.Prefill.words(), p.Story)
	}
	return out.String()
}

func (p Prefill) words() string {
	switch p {
	case GivesOwner:
		return "name and number"
	case GivesNothing:
		return "nothing (no permission)"
	case Uncertified:
		return "nothing (not certified)"
	}
	return string(p)
}
