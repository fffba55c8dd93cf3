package identity

const (
	hkMacauPermitLength = 9 // letter and eight digits; two more count the renewals

	// taiwanPermitLength counts the digits that a resident of Taiwan keeps for life.
	// Until September 2008 two more counted the issues, and a character named the
	// issuing place. Source: National Immigration Administration, 中国出入境观察 2020,
	// no. 21, p. 34 (保留通行证号码中前8位台胞终身号码).
	taiwanPermitLength = 8
)

// formats returns the formats of a type's numbers. In a format, # is a digit, @ a
// letter, ~ a letter that cannot be mistaken for a digit, and + the check character
// of GB 11643. Every other character is itself.
func formats(t DocumentType) []string {
	const citizen = "#################+"
	switch t {
	case ResidentID, HKMacauResidencePermit, TaiwanResidencePermit:
		return []string{citizen}
	case Passport:
		return []string{
			"E########", "E~#######", "G########", // ordinary, newest form second
			"14#######", "15#######", // ordinary, before the letters
			"DE#######", "SE#######", "PE#######", // diplomatic, service, public affairs
			"D#######", "D########", "S#######", "S########", "P#######", "P########",
		}
	case HKMacauPermit:
		return []string{"H########", "M########", "H##########", "M##########"}
	case TaiwanPermit:
		return []string{
			"########",                                   // card or booklet for five years, since 2008
			"##########", "##########@", "##########(@)", // booklet until 2008, with its count of issues
			"T########", // single journey
		}
	case ForeignPermanentResident:
		return []string{
			"@@@############",    // nationality and twelve digits
			"9################+", // since December 2023
		}
	}
	return nil
}

// formatViolation returns the rule that number breaks if it matches no format, or "".
func formatViolation(number string, allowed []string) string {
	rule := RuleNumberLength
	for _, format := range allowed {
		if len(format) != len(number) {
			continue
		}
		if matches(number, format) {
			return ""
		}
		rule = RuleNumberFormat
	}
	return rule
}

func matches(number, format string) bool {
	for i := range len(format) {
		if !matchesAt(number[i], format[i]) {
			return false
		}
	}
	return true
}

func matchesAt(c, class byte) bool {
	digit, letter := '0' <= c && c <= '9', 'A' <= c && c <= 'Z'
	switch class {
	case '#':
		return digit
	case '@':
		return letter
	case '~':
		return letter && c != 'I' && c != 'O'
	case '+':
		return digit || c == 'X'
	}
	return c == class
}
