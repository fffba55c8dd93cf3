package retention

import (
	"errors"
	"reflect"

	"renzheng/setting"
)

// Periods are the settings of an operator, in days.
type Periods struct {
	VisitDays      int // after a session could have ended, or a verification that never passed or an unused consent began
	ProofDays      int // after a verification passed, a consent was given or evidence was fetched
	CaseDays       int // after the last answer of a case whose registry sets no period
	UnansweredDays int // after the end of a case that nobody answered
	AccountDays    int // after the last sign-in of an account that no other row names
	AgreementDays  int // after an agreement to a message that never came
	MessageDays    int // after a message
	PhotoDays      int // after the end of a visit to the window whose document was photographed
	EventDays      int // after an event that its registry has received

	AppointmentDays int // after the day of an appointment or queue number
}

// DefaultPeriods returns the periods that apply unless an operator sets others.
func DefaultPeriods() Periods {
	return Periods{VisitDays: 30, ProofDays: 1095, CaseDays: 1095, UnansweredDays: 365, AccountDays: 365, AgreementDays: 365, MessageDays: 7, PhotoDays: 30, EventDays: 180, AppointmentDays: 30}
}

// CaseFloor is the shortest period of a case with an answer, in days: three years.
const CaseFloor = 1095

// Floors returns the shortest periods.
func Floors() Periods {
	return Periods{
		VisitDays:      7,         // people ask why a verification failed
		ProofDays:      1095,      // PIPL article 56
		CaseDays:       CaseFloor, // the answers are evidence in a registration file
		UnansweredDays: 30,        // the registry may still serve the signer at the window
		AccountDays:    30,
		AgreementDays:  30,
		MessageDays:    1,
		PhotoDays:      7,  // a complaint about the visit
		EventDays:      30, // a registry that pulls its events may be away for some weeks

		AppointmentDays: 30, // missed appointments count for 30 days
	}
}

// Longest is the longest period, in days. A longer one is a mistake.
const Longest = 36500

// Validate reports every period that is invalid, as a setting.Error of its field.
func (p Periods) Validate() error {
	var problems []error
	periods, floors := reflect.ValueOf(p), reflect.ValueOf(Floors())
	for field := range periods.Type().Fields() {
		problems = append(problems, CheckDays(field.Name, int(periods.FieldByIndex(field.Index).Int()), int(floors.FieldByIndex(field.Index).Int())))
	}
	return errors.Join(problems...)
}

// CheckDays returns a setting.Error of a field unless its days are at least floor and at most Longest.
func CheckDays(field string, days, floor int) error {
	if days < floor || days > Longest {
		return setting.Errorf(field, "must be at least %d and at most %d days", floor, Longest)
	}
	return nil
}
