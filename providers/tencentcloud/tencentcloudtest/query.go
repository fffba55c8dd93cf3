package tencentcloudtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"unicode/utf8"
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
)

// checkEnvelope gives the vendor's code for what is wrong around the body, or "".
func checkEnvelope(r *http.Request) string {
	action := r.Header.Get("X-TC-Action")
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/" || r.URL.RawQuery != "":
		return "UnsupportedOperation"
	case action == "" || r.Header.Get("X-TC-Version") == "" || r.Header.Get("X-TC-Timestamp") == "":
		return "MissingParameter"
	case action != FourElements && action != ThreeElements:
		return "InvalidAction"
	case r.Header.Get("X-TC-Version") != apiVersion:
		return "NoSuchVersion"
	case r.Header.Get("Content-Type") != contentType:
		return "InvalidParameter"
	}
	return ""
}

// readQuery reads the parameters of an action, or gives the vendor's code for
// what is wrong with their presence and types. Their shapes are the source's
// matter.
func readQuery(action string, body []byte) (Query, string) {
	parameters, err := object(body)
	if err != nil || !utf8.Valid(body) {
		return Query{}, "InvalidParameter"
	}
	q := Query{Action: action}
	fields := map[string]*string{"Name": &q.Name, "IdCard": &q.Number, "BankCard": &q.Card}
	if action == FourElements {
		fields["Phone"] = &q.Phone
	}
	for name := range parameters {
		if _, known := fields[name]; !known && name != "CertType" {
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

func object(body []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	var parameters map[string]json.RawMessage
	if err := d.Decode(&parameters); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || parameters == nil {
		return nil, errors.New("not one object")
	}
	return parameters, nil
}

// complaint gives the source's result for the first malformed element, or "".
func (q Query) complaint() string {
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
