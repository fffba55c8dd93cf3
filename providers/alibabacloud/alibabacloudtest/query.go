package alibabacloudtest

import (
	"net/http"
	"net/url"
	"regexp"
)

const (
	apiVersion  = "2019-03-07"
	contentType = "application/x-www-form-urlencoded"
)

var (
	nameShape   = regexp.MustCompile(`^[\p{L}\p{Co}·. ]{2,50}$`)
	numberShape = regexp.MustCompile(`^[1-9][0-9]{16}[0-9X]$`)
	cardShape   = regexp.MustCompile(`^[0-9]{13,19}$`)
	phoneShape  = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	dateShape   = regexp.MustCompile(`^(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$`)
	untilShape  = regexp.MustCompile(dateShape.String() + `|^长期$`)
)

// parameter is one that an action requires.
type parameter struct {
	name  string
	shape *regexp.Regexp
	into  *string
}

// checkEnvelope returns the gateway's code for what is wrong around the body, or "".
func checkEnvelope(r *http.Request, _ []byte) string {
	action := r.Header.Get("X-Acs-Action")
	switch {
	case r.Method != http.MethodPost:
		return "UnsupportedHTTPMethod"
	case r.URL.Path != "/" || r.URL.RawQuery != "": // personal data does not belong into an address
		return "InvalidParameter"
	case action != BankCard && action != FourElements:
		return "InvalidAction.NotFound"
	case r.Header.Get("X-Acs-Version") != apiVersion:
		return "InvalidVersion"
	case r.Header.Get("Content-Type") != contentType:
		return "UnsupportedContentType"
	}
	return ""
}

// readQuery reads the parameters of an action, or returns the service's code: 400
// where one is missing, 401 where one is not as it must be.
func readQuery(action string, body []byte) (Query, string) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Query{}, "401"
	}
	q := Query{Action: action}
	wanted := []parameter{
		{"ParamType", regexp.MustCompile(`^normal$`), new(string)},
		{"UserName", nameShape, &q.Name},
		{"IdentifyNum", numberShape, &q.Number},
	}
	if action == FourElements {
		wanted = append(wanted, parameter{"ValidityStartDate", dateShape, &q.From}, parameter{"ValidityEndDate", untilShape, &q.Until})
	} else {
		wanted = append(wanted,
			parameter{"VerifyMode", regexp.MustCompile(`^VERIFY_BANK_CARD$`), new(string)},
			parameter{"ProductType", regexp.MustCompile("^(" + FourMeta + "|" + ThreeMeta + ")$"), &q.Product},
			parameter{"BankCard", cardShape, &q.Card})
		if form.Get("ProductType") == FourMeta {
			wanted = append(wanted, parameter{"Mobile", phoneShape, &q.Phone})
		}
	}
	for _, p := range wanted {
		values := form[p.name]
		if len(values) == 0 || values[0] == "" {
			return Query{}, "400"
		}
		if len(values) != 1 || !p.shape.MatchString(values[0]) {
			return Query{}, "401"
		}
		*p.into = values[0]
	}
	if len(form) != len(wanted) {
		return Query{}, "401"
	}
	return q, ""
}
