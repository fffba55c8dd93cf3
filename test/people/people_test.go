package people_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/test/people"
)

func now() time.Time { return time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC) }

func person(t *testing.T, fate people.Fate, serial int) people.Person {
	t.Helper()
	p, found := people.New(fate, serial, now())
	if !found {
		t.Fatalf("no person of fate %q", fate)
	}
	return p
}

// serials are those at the edges of the forms, and some between.
func serials() []int { return []int{0, 1, 998, 999, 123_456, people.MaxSerial} }

func holder(t *testing.T, r people.Role, serial int) people.Person {
	t.Helper()
	p, found := people.Holder(r.Form, r.Fate, serial, now())
	if !found {
		t.Fatalf("nobody plays %s", r)
	}
	return p
}

func TestHolder_EveryPersonIsWellFormed(t *testing.T) {
	t.Parallel()
	for _, role := range people.Roles() {
		for _, serial := range serials() {
			p := holder(t, role, serial)
			document, err := identity.ParseDocument(p.Type(), p.Typed, p.Name)
			if err != nil {
				t.Fatalf("%s %d: document: %v", role, serial, err)
			}
			if got := document.Name.Reveal(); got != p.Name {
				t.Errorf("%s %d: name is normalised to %q, want %q", role, serial, got, p.Name)
			}
			if got := document.Number.Reveal(); got != p.Number {
				t.Errorf("%s %d: number is normalised to %q, want %q", role, serial, got, p.Number)
			}
			if _, err := document.WithValidity(p.ValidFrom, p.ValidUntil); err != nil {
				t.Errorf("%s %d: validity: %v", role, serial, err)
			}
			if _, err := identity.ParseBankCard(p.Card); err != nil {
				t.Errorf("%s %d: card: %v", role, serial, err)
			}
			if _, err := identity.ParsePhone(p.Phone); err != nil {
				t.Errorf("%s %d: phone: %v", role, serial, err)
			}
		}
	}
}

func TestByNumber_FindsTheFateOfEveryInstance(t *testing.T) {
	t.Parallel()
	for _, role := range people.Roles() {
		for _, serial := range serials() {
			want := holder(t, role, serial)
			if got, found := people.ByNumber(want.Number, now()); !found || got != want {
				t.Errorf("by number: got %+v, want %+v", got, want)
			}
			if got, found := people.ByOpenID(want.OpenID, now()); !found || got != want {
				t.Errorf("by open id: got %+v, want %+v", got, want)
			}
		}
	}
}

func TestRoles_HaveEveryDocumentInEveryChannel(t *testing.T) {
	t.Parallel()
	played := map[people.Role]bool{}
	types := map[identity.DocumentType]bool{}
	for _, role := range people.Roles() {
		if played[role] {
			t.Errorf("%s is played twice", role)
		}
		played[role] = true
		types[holder(t, role, 0).Type()] = true
	}
	for _, channel := range people.Channels() {
		for _, form := range people.Forms() {
			if !played[people.Role{Channel: channel, Form: form, Fate: people.Passes}] {
				t.Errorf("nobody passes with %s in %s", form, channel)
			}
		}
	}
	for _, kind := range identity.DocumentTypes() {
		if !types[kind] {
			t.Errorf("nobody holds a %s", kind)
		}
	}
}

func TestByNumber_KnowsNobodyElse(t *testing.T) {
	t.Parallel()
	for name, number := range map[string]string{
		"another area":                "11010519491231002X",
		"a fate that there is not":    "119999197001010018",
		"a wrong check character":     wrongCheck(person(t, people.Passes, 0).Number),
		"a birth date out of range":   "119901205001010010",
		"too short":                   "1199",
		"a fate that no passport has": "E11000001",
		"a permit's renewal count":    "H0100000002",
		"no digits":                   "1199011970AA010018",
		"empty":                       "",
	} {
		if p, found := people.ByNumber(number, now()); found {
			t.Errorf("%s: got %+v, want nobody", name, p)
		}
	}
	for _, openID := range []string{
		"", "sandbox-", "sandbox-01", "sandbox-01-x", "sandbox-01-007", "sandbox-99-1", "sandbox-01--1",
		"sandbox-01-1-resident_id", "sandbox-01-1-library_card", "sandbox-11-1-passport",
	} {
		if p, found := people.ByOpenID(openID, now()); found {
			t.Errorf("open id %q: got %+v, want nobody", openID, p)
		}
	}
}

func wrongCheck(number string) string {
	last := byte('0')
	if number[len(number)-1] == last {
		last = '1'
	}
	return number[:len(number)-1] + string(last)
}

func TestNew_ChildrenAreOfTheirAgeWhateverTheDay(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{now(), now().AddDate(7, 9, 29), time.Date(2031, 12, 31, 20, 0, 0, 0, time.UTC)} {
		for _, serial := range []int{0, 77_000, people.MaxSerial} {
			minor, _ := people.New(people.Minor, serial, at)
			child, _ := people.New(people.Child, serial, at)
			if age := ageOf(t, minor, at); age < 14 || age > 17 {
				t.Errorf("minor %d on %s: got age %d, want 14 to 17", serial, at, age)
			}
			if age := ageOf(t, child, at); age < 0 || age > 13 {
				t.Errorf("child %d on %s: got age %d, want 0 to 13", serial, at, age)
			}
		}
	}
}

func ageOf(t *testing.T, p people.Person, at time.Time) int {
	t.Helper()
	document, err := identity.ParseDocument(identity.ResidentID, p.Number, p.Name)
	if err != nil {
		t.Fatal(err)
	}
	birth, _ := document.BirthDate()
	return identity.AgeAt(birth, at)
}

func TestOwner_DiffersForOneFateOnly(t *testing.T) {
	t.Parallel()
	for _, p := range people.Listed(now()) {
		differs := p.Owner(now()).Number != p.Number
		if want := p.Fate == people.OwnerDiffers; differs != want {
			t.Errorf("%s: owner differs = %t, want %t", p.Fate, differs, want)
		}
		differs = p.CaseName() != p.Name
		if want := p.Fate == people.CaseNameDiffers; differs != want {
			t.Errorf("%s: name in cases differs = %t, want %t", p.Fate, differs, want)
		}
	}
}

func TestTables_AreThoseInTheDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{people.Table(), people.Matrix(), people.FatesElsewhere()} {
		if !strings.Contains(string(page), table) {
			t.Errorf("docs/sandbox.md does not hold this table:\n%s", table)
		}
	}
}
