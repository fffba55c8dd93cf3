package people

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
)

// MaxSerial is the highest serial of grown-up persons with a resident ID; of
// children and of most other documents there are fewer, see childSerials and
// shape.space.
const MaxSerial = sequences*adultDays - 1

// Person is a sample person. The fields are plain text, for nobody is behind
// them.
type Person struct {
	Fate       Fate
	Form       Form
	Serial     int    // 0 = the one that docs/sandbox.md lists
	OpenID     string // of the person's account, the same text in every channel
	Name       string
	Number     string // of the document, as the server keeps it
	Typed      string // as printed and typed, perhaps with digits behind it
	ValidFrom  string // as printed, 2006-01-02; "" = not typed
	ValidUntil string // likewise, or 长期
	Card       string // of the bank card, 19 digits
	Phone      string // that the bank has
	Prefill    Prefill
	Story      string // what happens, in two languages
}

// Type is the document's type as the API calls it.
func (p Person) Type() identity.DocumentType {
	s, _ := shapeOf(p.Form)
	return s.kind
}

// New gives a person with a resident ID. The clock is needed for children, who
// must be of their age today. A serial beyond the last begins anew.
func New(fate Fate, serial int, now time.Time) (Person, bool) {
	return Holder(ResidentID, fate, serial, now)
}

// Holder gives a person with a document of that form.
func Holder(form Form, fate Fate, serial int, now time.Time) (Person, bool) {
	k, known := kindOf(fate)
	s, typed := shapeOf(form)
	if !known || !typed || serial < 0 || !k.meets(form) {
		return Person{}, false
	}
	serial %= s.space()
	if k.age > 0 {
		serial %= childSerials
	}
	p := Person{
		Fate: fate, Form: form, Serial: serial, OpenID: s.openID(k, serial), Name: s.name(k, serial), Number: s.number(k, serial, now),
		Card: k.card(serial), Phone: fmt.Sprintf("199%s%06d", k.area, serial%1_000_000),
		Prefill: k.prefill, Story: k.story,
	}
	p.Typed = p.Number + s.suffix
	p.ValidFrom, p.ValidUntil = validity(form, fate, now)
	return p, true
}

// meets tells whether a holder of a form meets a fate in any channel.
func (k kind) meets(form Form) bool {
	return slices.ContainsFunc(Channels(), func(c Channel) bool { return k.where.has(Role{c, form, k.fate}) })
}

// validity gives what is printed. A resident ID may be typed without.
func validity(form Form, fate Fate, now time.Time) (from, until string) {
	year := now.UTC().Year()
	switch {
	case fate == DocumentExpired:
		return fmt.Sprintf("%d-06-01", year-11), fmt.Sprintf("%d-06-01", year-1)
	case fate == LongTerm:
		return fmt.Sprintf("%d-06-01", year-3), "长期"
	case form == ResidentID:
		return "", ""
	}
	return fmt.Sprintf("%d-06-01", year-3), fmt.Sprintf("%d-06-01", year+2)
}

const openIDPrefix = "sandbox-"

// openID is "sandbox-01-7"; with another document than a resident ID
// "sandbox-01-7-passport".
func (s shape) openID(k kind, serial int) string {
	id := openIDPrefix + k.area + "-" + strconv.Itoa(serial)
	if s.form == ResidentID {
		return id
	}
	return id + "-" + string(s.form)
}

func (s shape) name(k kind, serial int) string {
	switch {
	case s.latin:
		return s.family + s.given + word(serial)
	case s.family != "":
		return s.family + s.given + syllable(serial)
	}
	return k.family + k.given + syllable(serial)
}

// Listed gives the first instance of every fate of a resident ID in Alipay.
func Listed(now time.Time) []Person {
	var persons []Person
	for _, fate := range Fates() {
		p, _ := New(fate, 0, now)
		persons = append(persons, p)
	}
	return persons
}

// Holders gives the first person of every document who passes.
func Holders(now time.Time) []Person {
	persons := make([]Person, 0, len(shapes()))
	for _, form := range Forms() {
		p, _ := Holder(form, Passes, 0, now)
		persons = append(persons, p)
	}
	return persons
}

// ByOpenID finds the person of an account.
func ByOpenID(openID string, now time.Time) (Person, bool) {
	rest, ours := strings.CutPrefix(openID, openIDPrefix)
	parts := strings.SplitN(rest, "-", 3)
	if !ours || len(parts) < 2 {
		return Person{}, false
	}
	form := ResidentID
	if len(parts) > 2 {
		form = Form(parts[2])
	}
	serial, err := strconv.Atoi(parts[1])
	if err != nil {
		return Person{}, false
	}
	for _, k := range kinds() {
		if k.area == parts[0] {
			p, found := Holder(form, k.fate, serial, now)
			return p, found && p.OpenID == openID
		}
	}
	return Person{}, false
}

// Owner gives the person whom the platform knows as the account's owner: for
// all but one fate the person of the account.
func (p Person) Owner(now time.Time) Person {
	if p.Fate != OwnerDiffers {
		return p
	}
	owner, _ := New(Passes, p.Serial, now)
	return owner
}

// CaseName gives the name under which registries have the person.
func (p Person) CaseName() string {
	if p.Fate != CaseNameDiffers {
		return p.Name
	}
	return "马" + "误" + syllable(p.Serial)
}

// syllable ends a name. It looks like one and is none: a word for a piece of
// text or of stationery.
func syllable(serial int) string {
	syllables := []rune("例本板式书图表文章句行页卷册篇集题目次序号码点线面体尺规笔墨纸砚")
	return string(syllables[serial%len(syllables)])
}

// word ends a name in Latin letters.
func word(serial int) string {
	words := []string{"PAGE", "LINE", "NOTE", "LEAF", "BOOK", "TABLE", "CHART", "RULER", "PAPER", "INDEX"}
	return words[serial%len(words)]
}
