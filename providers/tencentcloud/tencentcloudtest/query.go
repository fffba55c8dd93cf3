package tencentcloudtest

import (
	"encoding/json"
	"net/http"
	"regexp"

	"renzheng/strictjson"
)

const (
	apiVersion  = "2018-03-01"
	contentType = "application/json"
)

var (
	nameShape   = regexp.MustCompile(`^[\p{L}\p{Co}·. ]{2,50}$`)
	numberShape = regexp.MustCompile(`^[1-9][0-9]{16}[0-9X]$`)
	cardShape   = regexp.MustCompile(`^[0-9]{13,19}$`)
	phoneShape  = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	dateShape   = regexp.MustCompile(`^(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$`)
)

// checkEnvelope returns the vendor's code for what is wrong around the body, or "".
func checkEnvelope(r *http.Request, _ []byte) string {
	action := r.Header.Get("X-TC-Action")
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/" || r.URL.RawQuery != "":
		return "UnsupportedOperation"
	case action == "" || r.Header.Get("X-TC-Version") == "" || r.Header.Get("X-TC-Timestamp") == "":
		return "MissingParameter"
	case action != FourElements && action != ThreeElements && action != NameDate:
		return "InvalidAction"
	case r.Header.Get("X-TC-Version") != apiVersion:
		return "NoSuchVersion"
	case r.Header.Get("Content-Type") != contentType:
		return "InvalidParameter"
	}
	return ""
}

// readQuery reads the parameters of an action, or returns the vendor's code for
// what is wrong with their presence and types. Their shapes are the source's
// matter.
func readQuery(action string, body []byte) (Query, string) {
	parameters, err := strictjson.ReadObject(body)
	if err != nil {
		return Query{}, "InvalidParameter"
	}
	q := Query{Action: action}
	fields := q.fields()
	for name := range parameters {
		if _, ok := fields[name]; !ok && name != "CertType" {
			return Query{}, "UnknownParameter"
		}
	}
	if kind, given := parameters["CertType"]; given && string(kind) != "0" {
		return Query{}, "InvalidParameterValue"
	}
	for name, field := range fields {
		raw, given := parameters[name]
		if !given {
			return Query{}, "MissingParameter"
		}
		if err := json.Unmarshal(raw, field); err != nil {
			return Query{}, "InvalidParameter"
		}
		if *field == "" {
			return Query{}, "MissingParameter"
		}
	}
	return q, ""
}

// fields returns where the parameters of the action go.
func (q *Query) fields() map[string]*string {
	fields := map[string]*string{"Name": &q.Name, "IdCard": &q.Number}
	switch q.Action {
	case NameDate:
		fields["ValidityBegin"], fields["ValidityEnd"] = &q.From, &q.Until
	case FourElements:
		fields["BankCard"], fields["Phone"] = &q.Card, &q.Phone
	default:
		fields["BankCard"] = &q.Card
	}
	return fields
}

// complaint returns the source's result for the first malformed element, or "".
func (q Query) complaint() string {
	if q.Action == NameDate {
		return q.nameDateComplaint()
	}
	switch {
	case !nameShape.MatchString(q.Name):
		return "-2"
	case !numberShape.MatchString(q.Number):
		return "-3"
	case !cardShape.MatchString(q.Card):
		return "-4"
	case q.Action == FourElements && !phoneShape.MatchString(q.Phone):
		return "-5"
	}
	return ""
}

// nameDateComplaint is complaint for NameDate, which counts in another order.
func (q Query) nameDateComplaint() string {
	switch {
	case !numberShape.MatchString(q.Number):
		return "-2"
	case !nameShape.MatchString(q.Name):
		return "-3"
	case !dateShape.MatchString(q.From), !dateShape.MatchString(q.Until) && q.Until != "00000000":
		return "-4"
	}
	return ""
}
