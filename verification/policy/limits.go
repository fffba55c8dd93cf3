package policy

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"renzheng/setting"
)

// Limit is how often something may happen in one window.
type Limit struct {
	Tries  int
	Window time.Duration // from the first try in it
}

// Limits are the numbers of R12. The zero value does not validate.
type Limits struct {
	Face              Limit // failed faces of an account as one subject
	FaceStarts        Limit // face starts of an account, whatever their outcome
	FaceOfSubject     Limit // failed faces as one subject over all accounts; hidden
	BankCard          Limit // failed cards of an account as one subject
	BankCardStarts    Limit // card queries of an account, whatever their outcome
	BankCardOfSubject Limit // failed cards as one subject over all accounts; hidden

	FourElements          Limit // mismatches of an account as one subject
	FourElementsStarts    Limit // queries of an account, whatever their outcome
	FourElementsOfSubject Limit // mismatches as one subject over all accounts; hidden
	Document              Limit // mismatches of an account as one subject
	DocumentStarts        Limit // queries of an account, whatever their outcome
	DocumentOfSubject     Limit // mismatches as one subject over all accounts; hidden

	Card     Limit // queries of one card by all accounts: the rule of the card networks
	Subjects Limit // distinct subjects of an account in a day
	Starts   Limit // verifications that an account starts, whatever their outcome (R64)
	Consents Limit // acceptances of notices by an account (R64)
}

// DefaultLimits returns the limits that apply unless the operator sets others.
func DefaultLimits() Limits {
	const day = 24 * time.Hour
	return Limits{
		Face:              Limit{5, day},
		FaceStarts:        Limit{60, day}, // one person may sign in a dozen roles, with a face for each
		FaceOfSubject:     Limit{15, day},
		BankCard:          Limit{4, day},
		BankCardStarts:    Limit{12, day},
		BankCardOfSubject: Limit{8, day},

		FourElements:          Limit{4, day},
		FourElementsStarts:    Limit{12, day},
		FourElementsOfSubject: Limit{8, day},
		Document:              Limit{4, day},
		DocumentStarts:        Limit{12, day},
		DocumentOfSubject:     Limit{8, day},

		Card:     Limit{3, day},   // the networks lock a card after the third wrong query
		Subjects: Limit{5, day},   // a family, not a waiting room
		Starts:   Limit{120, day}, // a dozen roles, each started several times
		Consents: Limit{400, day}, // a handful of notices for each start
	}
}

// CheckLimits are the limits of one kind of check.
type CheckLimits struct {
	Own    Limit // of an account as one subject, by what counted
	Starts Limit // of an account, whatever the outcome
	All    Limit // as one subject over all accounts; hidden
}

// Of returns the limits of a kind of check.
func (l Limits) Of(kind CheckKind) CheckLimits {
	switch kind {
	case BankCard:
		return CheckLimits{l.BankCard, l.BankCardStarts, l.BankCardOfSubject}
	case FourElements:
		return CheckLimits{l.FourElements, l.FourElementsStarts, l.FourElementsOfSubject}
	case DocumentCheck:
		return CheckLimits{l.Document, l.DocumentStarts, l.DocumentOfSubject}
	case Face:
	}
	return CheckLimits{l.Face, l.FaceStarts, l.FaceOfSubject}
}

// MaxWindow is the longest window. A longer one locks a person out permanently.
const MaxWindow = 31 * 24 * time.Hour

// Validate reports every limit that is invalid, as a setting.Error of its field.
func (l Limits) Validate() error {
	var problems []error
	fields := reflect.ValueOf(l)
	for field := range fields.Type().Fields() {
		limit, _ := reflect.TypeAssert[Limit](fields.FieldByIndex(field.Index))
		problems = append(problems, setting.Require(limit.isValid(), field.Name, fmt.Sprintf("must be at least 1 try in a window of at most %s", MaxWindow)))
	}
	for _, kind := range []CheckKind{Face, BankCard, FourElements, DocumentCheck} {
		problems = append(problems, l.Of(kind).validate(limitFields[kind]))
	}
	return errors.Join(problems...)
}

func (l Limit) isValid() bool { return l.Tries >= 1 && l.Window > 0 && l.Window <= MaxWindow }

// limitFields are the fields of Limits with the own limit of each kind of check.
// The other two have the same name with a suffix.
var limitFields = map[CheckKind]string{ //nolint:gochecknoglobals // a table
	Face: "Face", BankCard: "BankCard", FourElements: "FourElements", DocumentCheck: "Document",
}

// validate requires that no wider limit stops a person before their own limit is
// reached.
func (l CheckLimits) validate(field string) error {
	return errors.Join(
		setting.Require(l.Starts.Tries >= l.Own.Tries, field+"Starts", "must not be below the limit "+field),
		setting.Require(l.All.Tries >= l.Own.Tries, field+"OfSubject", "must not be below the limit "+field),
	)
}
