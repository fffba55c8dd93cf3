package identity

// Fields named by a [FieldError].
const (
	FieldType     = "type"
	FieldNumber   = "number"
	FieldName     = "name"
	FieldPhone    = "phone"
	FieldCard     = "card"
	FieldValidity = "validity"
	FieldDate     = "date"
	FieldText     = "text"

	FieldCreditCode = "credit_code"
)

// Rules named by a [FieldError]. They are public codes: never reused or renamed.
const (
	RuleTypeUnknown = "type_unknown" // not one of DocumentTypes

	RuleNumberEmpty             = "number_empty"               // nothing but white space
	RuleNumberLength            = "number_length"              // no format of the document type has that length
	RuleNumberAlphabet          = "number_alphabet"            // a character that no document number contains
	RuleNumberFormat            = "number_format"              // right length, but no format of the document type
	RuleNumberProvince          = "number_province"            // the first two digits are not a province of the document type
	RuleNumberBirthDate         = "number_birth_date"          // the digits of the birth date are not a date since 1900
	RuleNumberChecksum          = "number_checksum"            // the last character does not follow from the others
	RuleNumberIsResidencePermit = "number_is_residence_permit" // 81…, 82… or 83… given as a resident ID

	RuleNameEmpty    = "name_empty"    // nothing but white space
	RuleNameLength   = "name_length"   // fewer letters or more characters than a name has
	RuleNameAlphabet = "name_alphabet" // neither Han, Latin letter nor separator, or a separator out of place

	RulePhoneFormat  = "phone_format"  // not a phone number
	RulePhoneForeign = "phone_foreign" // a phone number, but not a mobile one of the mainland
	RuleCardFormat   = "card_format"   // not 13 to 19 digits
	RuleValidity     = "validity"      // an end is missing, not a date, or not after the start
	RuleDateFormat   = "date_format"   // not a calendar date written 2006-01-02

	RuleCreditCodeFormat   = "credit_code_format"   // not 18 characters of a unified social credit code
	RuleCreditCodeChecksum = "credit_code_checksum" //nolint:gosec // the last character does not follow from the others; no credential

	RuleTextEmpty   = "text_empty"   // no visible character
	RuleTextLength  = "text_length"  // more characters or lines than allowed
	RuleTextUTF8    = "text_utf8"    // bytes that are not UTF-8, or the mark of a decoding that went wrong
	RuleTextControl = "text_control" // control character, noncharacter, line separator, byte order mark or tag
	RuleTextBidi    = "text_bidi"    // character that changes the direction of its neighbours

	RuleTextMarkup    = "text_markup"    // "<", ">" or a character reference such as &lt;
	RuleTextMarks     = "text_marks"     // more than four combining marks on one letter, or a mark without a letter
	RuleTextCharacter = "text_character" // a character that no business text needs: zero-width, overlay, emoji, unassigned
)

// FieldError names a field and the rule that it breaks. It is the only error type of
// this package. It is returned by value and is comparable and public: it never
// contains the rejected value or any part of it.
type FieldError struct {
	Field string // one of the Field constants
	Rule  string // one of the Rule constants
}

var _ error = FieldError{}

// Error names field and rule.
func (p FieldError) Error() string { return "identity: " + p.Field + " breaks " + p.Rule }
