package people

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MaxSerial is the highest serial of grown-up persons; of children there are
// fewer, see childSerials.
const MaxSerial = sequences*adultDays - 1

// Person is a sample person. The fields are plain text, for nobody is behind
// them.
type Person struct {
	Fate    Fate
	Serial  int    // 0 = the one that docs/sandbox.md lists
	OpenID  string // of the person's Alipay account
	Name    string
	Number  string // of the resident ID
	Card    string // of the bank card, 19 digits
	Phone   string // that the bank has
	Prefill Prefill
	Story   string // what happens, in two languages
}

// New gives a person. The clock is needed for children, who must be of their
// age today. A serial beyond the last begins anew.
func New(fate Fate, serial int, now time.Time) (Person, bool) {
	k, known := kindOf(fate)
	if !known || serial < 0 {
		return Person{}, false
	}
	serial %= MaxSerial + 1
	if k.age > 0 {
		serial %= childSerials
	}
	return Person{
		Fate: fate, Serial: serial, OpenID: openIDPrefix + k.area + "-" + strconv.Itoa(serial),
		Name: k.family + k.given + syllable(serial), Number: k.number(serial, now),
		Card: k.card(serial), Phone: fmt.Sprintf("199%s%06d", k.area, serial%1_000_000),
		Prefill: k.prefill, Story: k.story,
	}, true
}

const openIDPrefix = "sandbox-"

// Listed gives the first instance of every fate.
func Listed(now time.Time) []Person {
	persons := make([]Person, 0, len(kinds()))
	for _, k := range kinds() {
		p, _ := New(k.fate, 0, now)
		persons = append(persons, p)
	}
	return persons
}

// ByOpenID finds the person of an account.
func ByOpenID(openID string, now time.Time) (Person, bool) {
	rest, ours := strings.CutPrefix(openID, openIDPrefix)
	area, digits, complete := strings.Cut(rest, "-")
	serial, err := strconv.Atoi(digits)
	if !ours || !complete || err != nil {
		return Person{}, false
	}
	for _, k := range kinds() {
		if k.area == area {
			p, found := New(k.fate, serial, now)
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
