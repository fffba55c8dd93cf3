package identity_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"renzheng/identity"
)

// wantRule fails the test unless err is a FieldError of that field and rule.
func wantRule(t *testing.T, err error, field, rule string) {
	t.Helper()
	var problem identity.FieldError
	if !errors.As(err, &problem) {
		t.Fatalf("got error %v, want rule %s", err, rule)
	}
	if want := (identity.FieldError{Field: field, Rule: rule}); problem != want {
		t.Errorf("got %v, want %v", problem, want)
	}
}

func TestParseNumber_Accepts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		kind identity.DocumentType
		raw  string
		want string
	}{
		{"the example of the standard", identity.ResidentID, "11010519491231002X", "11010519491231002X"},
		{"a lower-case check character", identity.ResidentID, "11010519491231002x", "11010519491231002X"},
		{"full width and spaces", identity.ResidentID, " １１０１０５ 19491231　002ｘ\n", "11010519491231002X"},
		{"a multiplication sign for the X", identity.ResidentID, "11010519491231002×", "11010519491231002X"},
		{"a Cyrillic letter for the X", identity.ResidentID, "11010519491231002х", "11010519491231002X"},
		{"a Greek letter for the X", identity.ResidentID, "11010519491231002Χ", "11010519491231002X"},
		{"a Roman ten for the X", identity.ResidentID, "11010519491231002ⅹ", "11010519491231002X"},
		{"superscript digits and hyphens of several kinds", identity.ResidentID, "¹¹⁰105–1949 1231‑002X", "11010519491231002X"},
		{"Cyrillic letters in a passport", identity.Passport, "ЕА1234567", "EA1234567"},
		{"a Cyrillic letter in a travel permit", identity.HKMacauPermit, "М12345678", "M12345678"},
		{"direction and zero-width marks around it", identity.ResidentID, "\u202d11010519491231\u200b002X\u202c\ufeff", "11010519491231002X"},
		{"an area inside a province that no list holds", identity.ResidentID, citizen("11999919900101001"), citizen("11999919900101001")},
		{"a birth on a leap day", identity.ResidentID, citizen("11010520000229001"), citizen("11010520000229001")},
		{"a residence permit of Hong Kong", identity.HKMacauResidencePermit, "810000199001010019", "810000199001010019"},
		{"a residence permit of Macau", identity.HKMacauResidencePermit, "820000199001010010", "820000199001010010"},
		{"a residence permit of Taiwan", identity.TaiwanResidencePermit, "830000199001010012", "830000199001010012"},
		{"a travel permit of Hong Kong", identity.HKMacauPermit, "h12345678", "H12345678"},
		{"a travel permit with its renewal count", identity.HKMacauPermit, "M1234567802", "M12345678"},
		{"a Taiwan permit card", identity.TaiwanPermit, "12345678", "12345678"},
		{"a Taiwan permit booklet", identity.TaiwanPermit, "1234567801", "12345678"},
		{"a Taiwan permit booklet with its letter", identity.TaiwanPermit, "1234567801b", "12345678"},
		{"a Taiwan permit booklet with its letter in parentheses", identity.TaiwanPermit, "1234567801（B）", "12345678"},
		{"a Taiwan permit for one journey", identity.TaiwanPermit, "T12345678", "T12345678"},
		{"a passport of the oldest form", identity.Passport, "141234567", "141234567"},
		{"a passport of the G series", identity.Passport, "G12345678", "G12345678"},
		{"a passport of the E series", identity.Passport, "E12345678", "E12345678"},
		{"a passport with two letters", identity.Passport, "ea1234567", "EA1234567"},
		{"a passport for public affairs", identity.Passport, "PE1234567", "PE1234567"},
		{"a permanent resident's card of the old form", identity.ForeignPermanentResident, "usa110012345678", "USA110012345678"},
		{"a permanent resident's card of the new form", identity.ForeignPermanentResident, citizen("91184019900101001"), citizen("91184019900101001")},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := identity.ParseNumber(tc.kind, tc.raw)
			if err != nil {
				t.Fatalf("got error %v, want %s", err, tc.want)
			}
			if got.Reveal() != tc.want {
				t.Errorf("got %s, want %s", got.Reveal(), tc.want)
			}
		})
	}
}

func TestParseNumber_Refuses(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		kind identity.DocumentType
		raw  string
		rule string
	}{
		{"nothing", identity.ResidentID, "", identity.RuleNumberEmpty},
		{"white space alone", identity.Passport, " \u3000\t\ufeff", identity.RuleNumberEmpty},
		{"a first-generation number", identity.ResidentID, "110105491231002", identity.RuleNumberLength},
		{"a digit too many", identity.ResidentID, "11010519491231002XX", identity.RuleNumberLength},
		{"more than is worth folding", identity.ResidentID, strings.Repeat(" ", 300) + "11010519491231002X", identity.RuleNumberLength},
		{"a letter for a digit", identity.ResidentID, "1101051949123100OX", identity.RuleNumberAlphabet},
		{"digits of another script", identity.ResidentID, "١١٠١٠٥19491231002X", identity.RuleNumberAlphabet},
		{"a Chinese character that looks like X", identity.ResidentID, "11010519491231002乂", identity.RuleNumberAlphabet},
		{"a Cyrillic letter that looks like none", identity.Passport, "Ж12345678", identity.RuleNumberAlphabet},
		{"bytes that are no UTF-8", identity.ResidentID, "11010519491231002\xff", identity.RuleNumberAlphabet},
		{"an X in the middle", identity.ResidentID, "1101051949123100X2", identity.RuleNumberFormat},
		{"a province that does not exist", identity.ResidentID, citizen("10010519491231002"), identity.RuleNumberProvince},
		{"a day that does not exist", identity.ResidentID, citizen("11010519490230002"), identity.RuleNumberBirthDate},
		{"a leap day of another year", identity.ResidentID, citizen("11010519000229002"), identity.RuleNumberBirthDate},
		{"the example of the standard born in 1880", identity.ResidentID, "440524188001010014", identity.RuleNumberBirthDate},
		{"a wrong check character", identity.ResidentID, "110105194912310021", identity.RuleNumberChecksum},
		{"a sample of vendors that fails the checksum", identity.ResidentID, "310101199801011234", identity.RuleNumberChecksum},
		{"a residence permit of Hong Kong as resident ID", identity.ResidentID, "810000199001010019", identity.RuleNumberIsResidencePermit},
		{"a residence permit of Macau as resident ID", identity.ResidentID, "820000199001010010", identity.RuleNumberIsResidencePermit},
		{"a residence permit of Taiwan as resident ID", identity.ResidentID, "830000199001010012", identity.RuleNumberIsResidencePermit},
		{"a resident ID as residence permit", identity.HKMacauResidencePermit, "11010519491231002X", identity.RuleNumberProvince},
		{"a permit of Taiwan as one of Hong Kong", identity.HKMacauResidencePermit, "830000199001010012", identity.RuleNumberProvince},
		{"a permit of Hong Kong as one of Taiwan", identity.TaiwanResidencePermit, "810000199001010019", identity.RuleNumberProvince},
		{"a residence permit with a wrong check character", identity.TaiwanResidencePermit, "830000199001010013", identity.RuleNumberChecksum},
		{"a travel permit of another letter", identity.HKMacauPermit, "C12345678", identity.RuleNumberFormat},
		{"a travel permit with half a renewal count", identity.HKMacauPermit, "H123456780", identity.RuleNumberLength},
		{"a Taiwan permit with parentheses the wrong way", identity.TaiwanPermit, "1234567801)B(", identity.RuleNumberFormat},
		{"parentheses where no form has them", identity.Passport, "(E1234567)", identity.RuleNumberAlphabet},
		{"a passport with a letter that looks like a digit", identity.Passport, "EO1234567", identity.RuleNumberFormat},
		{"a passport of Hong Kong", identity.Passport, "K12345678", identity.RuleNumberFormat},
		{"a permanent resident's card with another flag", identity.ForeignPermanentResident, citizen("81184019900101001"), identity.RuleNumberFormat},
		{"a permanent resident's card with a wrong check character", identity.ForeignPermanentResident, wrongCheck("91184019900101001"), identity.RuleNumberChecksum},
		{"a permanent resident's card without a real birth date", identity.ForeignPermanentResident, citizen("91184019901301001"), identity.RuleNumberBirthDate},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := identity.ParseNumber(tc.kind, tc.raw)
			wantRule(t, err, identity.FieldNumber, tc.rule)
			if !got.IsZero() {
				t.Errorf("got a number beside the error")
			}
		})
	}
}

func TestParseNumber_RefusesUnknownType(t *testing.T) {
	t.Parallel()
	for _, kind := range []identity.DocumentType{"", "RESIDENT_ID", "driver_licence"} {
		_, err := identity.ParseNumber(kind, "11010519491231002X")
		wantRule(t, err, identity.FieldType, identity.RuleTypeUnknown)
	}
}

func TestNumber_ComparesBySpelling(t *testing.T) {
	t.Parallel()
	upper, lower := number(t, "11010519491231002X"), number(t, "11010519491231002x")
	other := number(t, citizen("11999919900101001"))
	if upper != lower {
		t.Errorf("got two numbers for one spelling in upper and lower case")
	}
	if upper == other || upper == (identity.Number{}) {
		t.Errorf("got equal numbers for different spellings")
	}
	if got := (identity.Number{}).Reveal() + (identity.Number{}).Masked(); got != "" {
		t.Errorf("got %q from the zero value, want nothing", got)
	}
}

func TestCheckCharacter(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]byte{"11010519491231002": 'X', "44052418800101001": '4'} {
		if got, ok := identity.CheckCharacter(body); !ok || got != want {
			t.Errorf("got %q, %t for the standard's %s, want %q", got, ok, body, want)
		}
	}
	for _, body := range []string{"", "1101051949123100", "110105194912310022", "1101051949123100X"} {
		if got, ok := identity.CheckCharacter(body); ok {
			t.Errorf("got %q for %q, want none", got, body)
		}
	}
}

func TestParseNumber_FindsEverySingleErrorAndSwap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		valid := citizen(rapid.StringMatching(
			`(11|31|44|65|71)[0-9]{4}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}`).Draw(t, "body"))
		if _, err := identity.ParseNumber(identity.ResidentID, valid); err != nil {
			t.Fatalf("got %v for a valid number", err)
		}
		for i := range valid {
			for _, c := range "0123456789X" {
				wrong := valid[:i] + string(c) + valid[i+1:]
				if _, err := identity.ParseNumber(identity.ResidentID, wrong); err == nil && wrong != valid {
					t.Fatalf("got %s accepted, one character from %s", wrong, valid)
				}
			}
			if i == 0 {
				continue
			}
			swapped := valid[:i-1] + valid[i:i+1] + valid[i-1:i] + valid[i+1:]
			if _, err := identity.ParseNumber(identity.ResidentID, swapped); err == nil && swapped != valid {
				t.Fatalf("got %s accepted, two neighbours swapped in %s", swapped, valid)
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, raw := range []string{
		"11010519491231002X", " 110105 19491231 002ｘ", "440524188001010014", "810000199001010019",
		"H1234567802", "1234567801(B)", "ea1234567", "usa110012345678", "91184019900101001X", "\xff\ufeff",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, kind := range identity.DocumentTypes() {
			got, err := identity.ParseNumber(kind, raw)
			if err != nil {
				continue
			}
			plain := got.Reveal()
			if strings.Trim(plain, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				t.Errorf("got %q, want digits and capitals alone", plain)
			}
			if again, err := identity.ParseNumber(kind, plain); err != nil || again != got {
				t.Errorf("got %v, %v from the normalized %q, want the same again", again, err, plain)
			}
			stars := strings.Repeat("*", len(plain)-2)
			if want := plain[:1] + stars + plain[len(plain)-1:]; got.Masked() != want {
				t.Errorf("got mask %q, want %q", got.Masked(), want)
			}
		}
	})
}

// citizen completes 17 digits by their check character.
func citizen(body string) string {
	check, ok := identity.CheckCharacter(body)
	if !ok {
		panic("a test's number has not 17 digits")
	}
	return body + string(check)
}

// wrongCheck completes 17 digits by a character that is not their check
// character.
func wrongCheck(body string) string {
	if citizen(body) == body+"0" {
		return body + "1"
	}
	return body + "0"
}

func number(t *testing.T, raw string) identity.Number {
	t.Helper()
	parsed, err := identity.ParseNumber(identity.ResidentID, raw)
	if err != nil {
		t.Fatalf("parsing a number: %v", err)
	}
	return parsed
}
