package people

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
)

// MaxSerial is the highest serial of adults with a resident ID. Children and most
// other documents have fewer, see childSerials and shape.space.
const MaxSerial = sequences*adultDays - 1

// Person is a sample person. The fields are plain text, because they belong to nobody.
type Person struct {
	Fate       Fate
	Form       Form
	Serial     int    // 0 = the one that docs/sandbox.md lists
	OpenID     string // of the person's account, the same text in every channel
	Name       string
	Number     string // of the document, as the server keeps it
	Typed      string // as printed and typed, for some documents with a suffix
	ValidFrom  string // as printed, 2006-01-02; "" = not typed
	ValidUntil string // likewise, or 长期
	Card       string // of the bank card, 19 digits
	Phone      string // known to the bank
	Prefill    Prefill
	Story      string // what happens, in two languages
}

// Type returns the document type of the API.
func (p Person) Type() identity.DocumentType {
	s, _ := shapeOf(p.Form)
	return s.kind
}

// New returns a person with a resident ID. The current time is needed for children,
// whose age is fixed. Serials beyond the last one wrap around.
func New(fate Fate, serial int, now time.Time) (Person, bool) {
	return Holder(ResidentID, fate, serial, now)
}

// Holder returns a person with a document of that form.
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

// meets reports whether a holder of a form has a fate in any channel.
func (k kind) meets(form Form) bool {
	return slices.ContainsFunc(Channels(), func(c Channel) bool { return k.where.has(Role{c, form, k.fate}) })
}

// validity returns the printed validity. It is optional for a resident ID.
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

// openID returns the account of a person: "sandbox-01-7", or "sandbox-01-7-passport"
// for another document than a resident ID.
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

// Listed returns the first person of every fate of a resident ID in Alipay.
func Listed(now time.Time) []Person {
	var persons []Person
	for _, fate := range Fates() {
		p, _ := New(fate, 0, now)
		persons = append(persons, p)
	}
	return persons
}

// Holders returns the first person of every document who passes.
func Holders(now time.Time) []Person {
	persons := make([]Person, 0, len(shapes()))
	for _, form := range Forms() {
		p, _ := Holder(form, Passes, 0, now)
		persons = append(persons, p)
	}
	return persons
}

// ByOpenID returns the person of an account.
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

// Owner returns the owner of an account according to the platform. For all fates but
// one this is the person itself.
func (p Person) Owner(now time.Time) Person {
	if p.Fate != OwnerDiffers {
		return p
	}
	owner, _ := New(Passes, p.Serial, now)
	return owner
}

// CaseName returns the name of the person in the cases of registries.
func (p Person) CaseName() string {
	if p.Fate != CaseNameDiffers {
		return p.Name
	}
	return "马" + "误" + syllable(p.Serial)
}

// syllable returns the end of a name, which distinguishes persons of one fate. It is
// a word for a piece of text or of stationery.
func syllable(serial int) string {
	syllables := []rune("例本板式书图表文章句行页卷册篇集题目次序号码点线面体尺规笔墨纸砚")
	return string(syllables[serial%len(syllables)])
}

// word returns the end of a name in Latin letters.
func word(serial int) string {
	words := []string{"PAGE", "LINE", "NOTE", "LEAF", "BOOK", "TABLE", "CHART", "RULER", "PAPER", "INDEX"}
	return words[serial%len(words)]
}
