package identity

const (
	hkMacauPermitLength = 9 // letter and eight digits; two more count the renewals

	// taiwanPermitLength counts the digits that a resident of Taiwan keeps for life.
	// Until September 2008 two more counted the issues, and a character named the
	// issuing place. Source: National Immigration Administration, 中国出入境观察 2020,
	// no. 21, p. 34 (保留通行证号码中前8位台胞终身号码).
	taiwanPermitLength = 8
)

// shapes lists the forms of a type's numbers: # stands for a digit, @ for a
// letter, ~ for a letter that cannot be taken for a digit, + for the check
// character of GB 11643; everything else for itself.
func shapes(t DocumentType) []string {
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

// refuseShape gives the rule that number breaks when it has none of the
// shapes, or "".
func refuseShape(number string, allowed []string) string {
	rule := RuleNumberLength
	for _, shape := range allowed {
		if len(shape) != len(number) {
			continue
		}
		if fits(number, shape) {
			return ""
		}
		rule = RuleNumberFormat
	}
	return rule
}

func fits(number, shape string) bool {
	for i := range len(shape) {
		if !fitsAt(number[i], shape[i]) {
			return false
		}
	}
	return true
}

func fitsAt(c, class byte) bool {
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
