package config

import (
	"reflect"
	"strconv"

	"github.com/alecthomas/kong"

	"renzheng/retention"
)

// Retention configures how long rows are kept, in days. It has the fields of
// retention.Periods, which also has the defaults.
type Retention struct {
	VisitDays      int `help:"Days that sessions are kept after their end, and verifications that never passed and unused consents after their beginning; at least 7." default:"${retention_VisitDays}" env:"BFF_RETENTION_VISIT_DAYS"`
	ProofDays      int `help:"Days that passed verifications, their consents and the records of fetched evidence are kept; at least 1095 (PIPL art. 56)." default:"${retention_ProofDays}" env:"BFF_RETENTION_PROOF_DAYS"`
	CaseDays       int `help:"Days after its last answer until the content of a case is erased, unless its registry sets retention_days; at least 1095. Receipts still verify." default:"${retention_CaseDays}" env:"BFF_RETENTION_CASE_DAYS"`
	UnansweredDays int `help:"Days after its end until a case that nobody answered is deleted; at least 30." default:"${retention_UnansweredDays}" env:"BFF_RETENTION_UNANSWERED_DAYS"`
	AccountDays    int `help:"Days after its last sign-in until an account that nothing else names is deleted; at least 30." default:"${retention_AccountDays}" env:"BFF_RETENTION_ACCOUNT_DAYS"`
	AgreementDays  int `help:"Days that an agreement to a message that was never sent is kept; at least 30." default:"${retention_AgreementDays}" env:"BFF_RETENTION_AGREEMENT_DAYS"`
	MessageDays    int `help:"Days that the record of a message is kept; at least 1." default:"${retention_MessageDays}" env:"BFF_RETENTION_MESSAGE_DAYS"`
	PhotoDays      int `help:"Days after the end of a visit to the window that a photo of the document is kept; at least 7." default:"${retention_PhotoDays}" env:"BFF_RETENTION_PHOTO_DAYS"`
	EventDays      int `help:"Days that an event is kept after its registry has received it; at least 30. Events that it has not received stay until their case is erased." default:"${retention_EventDays}" env:"BFF_RETENTION_EVENT_DAYS"`

	AppointmentDays int `help:"Days after their day that appointments and queue numbers are kept; at least 30." default:"${retention_AppointmentDays}" env:"BFF_RETENTION_APPOINTMENT_DAYS"`
}

// Periods returns the settings as retention.Periods.
func (r Retention) Periods() retention.Periods { return retention.Periods(r) }

// Check returns a setting.Error for each field that is invalid, joined.
func (r Retention) Check() error { return r.Periods().Validate() }

// CheckNamed is Check with the variables instead of the fields.
func (r Retention) CheckNamed() error { return withVariables(r, r.Check()) }

// RetentionSetting returns the variable of a field of retention.Periods.
func RetentionSetting(field string) string { return variableOf(reflect.TypeFor[Retention](), field) }

// retentionDefaults returns the values of the variables in the tags of Retention.
func retentionDefaults() kong.Vars {
	defaults := kong.Vars{}
	for field, value := range reflect.ValueOf(retention.DefaultPeriods()).Fields() {
		defaults["retention_"+field.Name] = strconv.FormatInt(value.Int(), 10)
	}
	return defaults
}
