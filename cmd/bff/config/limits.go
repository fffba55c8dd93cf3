package config

import (
	"reflect"
	"strconv"
	"time"

	"github.com/alecthomas/kong"

	"renzheng/verification/policy"
)

// Limits configures how often a person may try something in 24 h (R12). It has the same fields
// as policy.Limits, which also has the defaults.
type Limits struct {
	Face                  int `help:"Failed face checks of one account as one person in 24 h." default:"${limit_Face}" env:"BFF_LIMITS_FACE"`
	FaceStarts            int `help:"Face checks started by one account in 24 h, whatever the outcome." default:"${limit_FaceStarts}" env:"BFF_LIMITS_FACE_STARTS"`
	FaceOfSubject         int `help:"Failed face checks as one person in 24 h, of all accounts that never passed as this person." default:"${limit_FaceOfSubject}" env:"BFF_LIMITS_FACE_OF_SUBJECT"`
	BankCard              int `help:"Bank cards of one account as one person that did not match in 24 h." default:"${limit_BankCard}" env:"BFF_LIMITS_BANK_CARD"`
	BankCardStarts        int `help:"Bank card queries of one account in 24 h, whatever the outcome." default:"${limit_BankCardStarts}" env:"BFF_LIMITS_BANK_CARD_STARTS"`
	BankCardOfSubject     int `help:"Bank cards as one person that did not match in 24 h, of all accounts that never passed as this person." default:"${limit_BankCardOfSubject}" env:"BFF_LIMITS_BANK_CARD_OF_SUBJECT"`
	FourElements          int `help:"Validities of one account as one person that did not match in 24 h." default:"${limit_FourElements}" env:"BFF_LIMITS_FOUR_ELEMENTS"`
	FourElementsStarts    int `help:"Four-element queries of one account in 24 h, whatever the outcome." default:"${limit_FourElementsStarts}" env:"BFF_LIMITS_FOUR_ELEMENTS_STARTS"`
	FourElementsOfSubject int `help:"Validities as one person that did not match in 24 h, of all accounts that never passed as this person." default:"${limit_FourElementsOfSubject}" env:"BFF_LIMITS_FOUR_ELEMENTS_OF_SUBJECT"`
	Document              int `help:"Documents of one account as one person that did not match in 24 h." default:"${limit_Document}" env:"BFF_LIMITS_DOCUMENT"`
	DocumentStarts        int `help:"Document queries of one account in 24 h, whatever the outcome." default:"${limit_DocumentStarts}" env:"BFF_LIMITS_DOCUMENT_STARTS"`
	DocumentOfSubject     int `help:"Documents as one person that did not match in 24 h, of all accounts that never passed as this person." default:"${limit_DocumentOfSubject}" env:"BFF_LIMITS_DOCUMENT_OF_SUBJECT"`
	Card                  int `help:"Queries for one bank card in 24 h by all accounts. The card networks set this limit." default:"${limit_Card}" env:"BFF_LIMITS_CARD"`
	Starts                int `help:"Verifications started by one account in 24 h, whatever the outcome." default:"${limit_Starts}" env:"BFF_LIMITS_STARTS"`
	Consents              int `help:"Notices accepted by one account in 24 h, repeats included." default:"${limit_Consents}" env:"BFF_LIMITS_CONSENTS"`
	Subjects              int `help:"Different persons that one account may verify as in 24 h." default:"${limit_Subjects}" env:"BFF_LIMITS_SUBJECTS"`
}

// Policy returns the settings as policy.Limits.
func (s Limits) Policy() policy.Limits {
	var limits policy.Limits
	from, to := reflect.ValueOf(s), reflect.ValueOf(&limits).Elem()
	for field := range from.Type().Fields() {
		limit := policy.Limit{Tries: int(from.FieldByIndex(field.Index).Int()), Window: 24 * time.Hour}
		to.FieldByName(field.Name).Set(reflect.ValueOf(limit))
	}
	return limits
}

// Check returns a setting.Error for each field that is invalid, joined.
func (s Limits) Check() error { return s.Policy().Validate() }

// limitDefaults returns the values of the variables in the tags of Limits.
func limitDefaults() kong.Vars {
	defaults := kong.Vars{}
	limits := reflect.ValueOf(policy.DefaultLimits())
	for field := range limits.Type().Fields() {
		tries := limits.FieldByIndex(field.Index).FieldByName("Tries")
		defaults["limit_"+field.Name] = strconv.FormatInt(tries.Int(), 10)
	}
	return defaults
}
