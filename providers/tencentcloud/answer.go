package tencentcloud

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
)

var (
	resultShape    = regexp.MustCompile(`^(0|-[1-9][0-9]{0,3})$`)
	codeShape      = regexp.MustCompile(`^[A-Za-z]{1,64}(\.[A-Za-z]{1,64}){0,3}$`)
	requestIDShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

	errMembers = errors.New("not one JSON object with distinct members")
)

// answer is what the vendor said, in one of its two layers: the gateway's code
// or the data source's result, never both.
type answer struct {
	status    int
	code      string // of the gateway, letters and dots; "" = the source answered
	result    string // of the source, e.g. "0", "-6"
	requestID string // a UUID; "" = none that reads as one
}

// readAnswer reads an answer more strictly than encoding/json would: exact
// member names, no duplicates, nothing behind it. False where it is anything
// but an answer.
func readAnswer(status int, body []byte) (answer, bool) {
	a := answer{status: status}
	outer, err := members(body)
	if err != nil {
		return a, false
	}
	response, err := members(outer["Response"])
	if err != nil {
		return a, false
	}
	a.requestID = shaped(response["RequestId"], requestIDShape)
	if status != http.StatusOK {
		return a, false // the vendor answers 200 whatever it says: this is somebody on the way
	}
	if failure, present := response["Error"]; present {
		inner, err := members(failure)
		if err != nil {
			return a, false
		}
		a.code = shaped(inner["Code"], codeShape)
		return a, a.code != ""
	}
	a.result = shaped(response["Result"], resultShape)
	return a, a.result != ""
}

// members splits one JSON object into its members.
func members(raw []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errMembers
	}
	found := map[string]json.RawMessage{}
	for d.More() {
		token, err := d.Token()
		name, text := token.(string)
		var value json.RawMessage
		if err != nil || !text || d.Decode(&value) != nil {
			return nil, errMembers
		}
		if _, twice := found[name]; twice {
			return nil, errMembers
		}
		found[name] = value
	}
	if end, err := d.Token(); err != nil || end != json.Delim('}') {
		return nil, errMembers
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errMembers
	}
	return found, nil
}

// shaped gives the JSON string in raw if it has the shape, else "".
func shaped(raw json.RawMessage, shape *regexp.Regexp) string {
	var text string
	if json.Unmarshal(raw, &text) != nil || !shape.MatchString(text) {
		return ""
	}
	return text
}
