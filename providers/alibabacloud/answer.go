package alibabacloud

import (
	"net/http"
	"regexp"

	"renzheng/providers/kit"
	"renzheng/strictjson"
)

const done = "200" // the one code of an answer in which the source spoke

var (
	codeShape      = regexp.MustCompile(`^([1-9][0-9]{2}|[A-Za-z]{1,64}(\.[A-Za-z]{1,64}){0,3})$`)
	bizShape       = regexp.MustCompile(`^[1-9]$`)
	subShape       = regexp.MustCompile(`^[1-9][0-9]{2}$`)
	requestIDShape = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
)

// answer is a code of the gateway or of the service, with "200" also what the
// source found.
type answer struct {
	status    int
	code      string // "200", "402", or words: "Throttling.User"
	biz       string // "1" consistent, "2" inconsistent, "3" no record; with code 200 only
	sub       string // the detail, "" if the action does not use it
	requestID string // a UUID; "" = none that reads as one
}

// readAnswer parses an answer, and returns false for anything else. The service
// uses status 200, the gateway 4xx and 5xx with its own codes. No other mixture is
// accepted.
func readAnswer(reply kit.Reply) (answer, bool) {
	a := answer{status: reply.Status}
	outer, err := strictjson.ReadObject(reply.Body)
	if err != nil {
		return a, false
	}
	a.requestID = outer.Matching("RequestId", requestIDShape)
	a.code = outer.Matching("Code", codeShape)
	switch {
	case a.code == "":
		return a, false
	case reply.Status != http.StatusOK:
		return a, reply.Status >= http.StatusBadRequest && a.code != done
	case a.code != done:
		return a, true
	}
	result, err := strictjson.ReadObject(outer["ResultObject"])
	if err != nil {
		return a, false
	}
	a.biz, a.sub = result.Matching("BizCode", bizShape), result.Matching("SubCode", subShape)
	return a, a.biz != "" && (a.sub != "" || result.Text("SubCode") == "")
}
