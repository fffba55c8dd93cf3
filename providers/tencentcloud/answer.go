package tencentcloud

import (
	"net/http"
	"regexp"

	"renzheng/strictjson"
)

var (
	resultShape    = regexp.MustCompile(`^(0|-[1-9][0-9]{0,3})$`)
	codeShape      = regexp.MustCompile(`^[A-Za-z]{1,64}(\.[A-Za-z]{1,64}){0,3}$`)
	requestIDShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// answer is an answer in one of its two layers: a code of the gateway or a result
// of the data source, never both.
type answer struct {
	status    int
	code      string // of the gateway, letters and dots; "" = the source answered
	result    string // of the source, e.g. "0", "-6"
	requestID string // a UUID; "" = none that reads as one
}

// readAnswer reads an answer, and returns false for anything else.
func readAnswer(status int, body []byte) (answer, bool) {
	a := answer{status: status}
	outer, err := strictjson.ReadObject(body)
	if err != nil {
		return a, false
	}
	response, err := strictjson.ReadObject(outer["Response"])
	if err != nil {
		return a, false
	}
	a.requestID = response.Matching("RequestId", requestIDShape)
	if status != http.StatusOK {
		return a, false // the vendor answers 200 whatever it says: this is somebody on the way
	}
	if failure, present := response["Error"]; present {
		inner, err := strictjson.ReadObject(failure)
		if err != nil {
			return a, false
		}
		a.code = inner.Matching("Code", codeShape)
		return a, a.code != ""
	}
	a.result = response.Matching("Result", resultShape)
	return a, a.result != ""
}
