package bff

import "strings"

const slipLength = 8 // characters, 40 bits of the request id; short enough to be read out

// windowSlip returns the code that the person takes to the service window on
// paper: the end of the request id in capitals, in two groups. It contains nothing
// personal and is not stored. Operators find the request in the access log by it.
func windowSlip(requestID string) string {
	letters := strings.ToUpper(strings.ReplaceAll(requestID, "-", ""))
	if len(letters) < slipLength {
		return letters
	}
	tail := letters[len(letters)-slipLength:]
	return tail[:slipLength/2] + "-" + tail[slipLength/2:]
}
